import ClusterAPI

/// A CPU limit holds a container back, though its node may have room.
enum CPUThrottled: FindingRule {
  static let id = "cpu-throttled"
  static let title = "a container is held back by its CPU limit"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    workload.containers.compactMap { container in
      guard let limit = container.resources.limits["cpu"] else { return nil }
      return finding(
        .note, workload.key, part: container.name,
        "\(container.name) gets no more CPU than that: it starts and answers later",
        .above(.cpu, min(limit.milliValue, .max - 1) + 1))
    }
  }
}
