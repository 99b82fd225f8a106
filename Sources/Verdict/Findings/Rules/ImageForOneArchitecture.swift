import ClusterAPI

/// An image that was built for one processor architecture, in pods that may be placed on another.
enum ImageForOneArchitecture: FindingRule {
  static let id = "image-for-one-architecture"
  static let title = "an image runs on one architecture, the pod may be placed on any"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard !choosesArchitecture(workload.spec) else { return [] }
    return (workload.spec.initContainers + workload.spec.containers).compactMap { container in
      guard let architecture = architecture(of: container.image) else { return nil }
      let other = architecture == "amd64" ? "arm64" : "amd64"
      return finding(
        .note, workload.key, part: container.name,
        "\(container.image) is built for \(architecture) only: on a node of another architecture "
          + "\(container.name) ends with `exec format error`", .when("if there is an \(other) node")
      )
    }
  }

  /// What the name says, or what is known of who built it; nil: nothing.
  private static func architecture(of image: String) -> String? {
    let name = ImagePlace.full(image)
    let path = name.split(separator: "@").first ?? ""
    let last = path.lastComponent
    for word in ["amd64", "arm64", "arm", "ppc64le", "s390x"] {
      let parts = last.split(whereSeparator: { $0 == ":" })
      if parts.contains(where: { $0.hasSuffix("-" + word) }) { return word }
    }
    // The multi-platform images of these sidecars were published on k8s.gcr.io only.
    return name.hasPrefix("quay.io/k8scsi/") ? "amd64" : nil
  }

  private static func choosesArchitecture(_ spec: PodSpec) -> Bool {
    let keys = ["kubernetes.io/arch", "beta.kubernetes.io/arch"]
    if keys.contains(where: { spec.nodeSelector[$0] != nil }) { return true }
    return (spec.affinity.node?.required ?? []).contains { term in
      term.matchExpressions.contains { keys.contains($0.key) }
    }
  }
}
