import ClusterAPI
import YAML

// Documents of kinds that have no table.
extension FileReader {
  /// Kinds of the versions of `KindCatalog` that no table reads, and that nobody has misspelt.
  private static let otherKinds = [
    "v1": [
      "Binding", "ComponentStatus", "Endpoints", "Event", "PersistentVolume", "PodTemplate",
      "ReplicationController", "ServiceAccount",
    ],
    "apps/v1": ["ControllerRevision"],
    "batch/v1": ["CronJob"],
  ]

  mutating func opaque(_ node: YAMLNode, kind: String, known: KindReader?) -> ClusterObject {
    let apiVersion = reading.apiVersion
    if Self.isRule(kind, apiVersion) {
      reading.consumedKeys += node.keyCount
    } else {
      reading.reportedKeys += node.keyCount
      reportKept(node, kind: kind, known: known)
    }
    let metadata = node["metadata"]
    var meta = ObjectMeta(
      name: text(metadata?["name"]), namespace: text(metadata?["namespace"]))
    meta.labels = labels(metadata?["labels"])
    meta.annotations = labels(metadata?["annotations"])
    return .opaque(
      OpaqueObject(
        apiVersion: apiVersion, kind: Kind(kind, group: apiVersion.group), meta: meta,
        document: node.documentValue))
  }

  /// Whether `RuleReader` reads it.
  static func isRule(_ kind: String, _ apiVersion: String) -> Bool {
    kind == RuleReader.kind && apiVersion == RuleReader.apiVersion
  }

  private mutating func reportKept(_ node: YAMLNode, kind: String, known: KindReader?) {
    let apiVersion = reading.apiVersion
    let place = node["kind"] ?? node
    if let known, known.kind.group == apiVersion.group {
      reading.report(
        .warning, at: node["apiVersion"] ?? place,
        "\(kind) has no version `\(apiVersion)`: it is kept, not simulated",
        remedy: "it is simulated as `\(known.current)`", nearest: known.current)
      return
    }
    let kinds = KindCatalog.kinds.filter { $0.apiVersions.contains(apiVersion) }.map(\.kind.name)
    let others = Self.otherKinds[apiVersion] ?? []
    if !others.contains(kind), let near = reading.nearest(to: kind, among: kinds + others) {
      reading.report(
        .warning, at: place,
        "unknown kind `\(place.excerpt)` of `\(apiVersion)`: it is kept, not simulated",
        remedy: "did you mean `\(near)`?", nearest: near)
      return
    }
    reading.report(
      .note, at: place, "\(place.excerpt) of `\(apiVersion.excerpt)` is kept, not simulated")
  }

  private func text(_ node: YAMLNode?) -> String {
    if case .string(let text) = node?.resolved { text } else { "" }
  }

  private func labels(_ node: YAMLNode?) -> Labels {
    Labels(
      (node?.mapping ?? []).compactMap { key, value in
        key.keyText.map { ($0, text(value)) }
      })
  }
}

extension String {
  /// The group of an `apiVersion`: empty for the core group.
  fileprivate var group: String {
    let parts = split(separator: "/", maxSplits: 1)
    return parts.count == 2 ? String(parts[0]) : ""
  }
}

/// Files of tools that make manifests: what to do with them.
enum OtherTools {
  /// nil where the keys of a document tell of none.
  static func remedy(_ keys: [String]) -> String? {
    let keys = Set(keys)
    if !keys.isDisjoint(with: ["bases", "patches", "patchesStrategicMerge", "resources"]) {
      return "build it first: `kubectl kustomize`"
    }
    if keys.isSuperset(of: ["name", "version"]) { return "render the chart: `helm template`" }
    if keys.contains("services") { return "Compose files are not read" }
    return nil
  }
}
