import ClusterAPI

/// A limit that leaves no room above what an autoscaler waits for: use cannot rise to where pods are added,
/// or hardly above it.
enum NoHeadroomBeforeScaling: FindingRule {
  static let id = "no-headroom-before-scaling"
  static let title = "a limit holds use down where an autoscaler waits for it to rise"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    if workload.autoscalers.isEmpty { return unscaled(workload) }
    return workload.autoscalers.flatMap { autoscaler in
      autoscaler.metrics.flatMap { metric -> [RehearsalFinding] in
        guard case .utilization(let target) = metric.target, (1..<100_000).contains(target) else {
          return []
        }
        var containers = workload.spec.containers
        let resource: String
        switch metric.source {
        case .resource(let name): resource = name
        case .containerResource(let name, let container):
          resource = name
          containers = containers.filter { $0.name == container }
        case .pods, .object, .external: return []
        }
        return containers.compactMap { container in
          guard let most = percentage(resource, container) else { return nil }
          let key = ClusterObject.horizontalPodAutoscaler(autoscaler).key
          let scale = "\(key.short) adds pods above \(target) %"
          // Within a tenth of its target it does nothing (`--horizontal-pod-autoscaler-tolerance`).
          if most * 10 <= target * 11 {
            return finding(
              .warning, workload.key, part: "\(container.name) \(resource)",
              "\(container.name) cannot use more than \(most) % of the \(resource) that it requests, and "
                + "\(scale) and a tenth: it may never add one")
          }
          guard most < target * 3 / 2 else { return nil }
          return finding(
            .note, workload.key, part: "\(container.name) \(resource)",
            "\(container.name) cannot use more than \(most) % of the \(resource) that it requests, and "
              + "\(scale): it adds at most \((most - target) * 100 / target) % at a time, while the pods are "
              + "held at their limit", .when("if load rises faster than that"))
        }
      }
    }
  }

  /// A served workload whose limits are its requests: whatever scales it sees at most 100 %. One that
  /// keeps data on a claim is not scaled.
  private static func unscaled(_ workload: ExaminedWorkload) -> [RehearsalFinding] {
    guard workload.isDeployment, workload.isServed, workload.rollsOut,
      !workload.spec.volumes.contains(where: {
        if case .persistentVolumeClaim = $0.source { true } else { false }
      })
    else { return [] }
    return workload.spec.containers.compactMap { container in
      guard percentage("cpu", container) == 100, percentage("memory", container) == 100 else {
        return nil
      }
      return finding(
        .note, workload.key, part: "\(container.name) cpu",
        "\(container.name) may use no more CPU and memory than it requests: it is held back, or killed, "
          + "before an autoscaler sees more than 100 %", .when("if an autoscaler scales it on use"))
    }
  }

  /// The limit in per cent of the request; nil: there is none.
  private static func percentage(_ resource: String, _ container: Container) -> Int? {
    guard let limit = container.resources.limits[resource]?.milliValue,
      let request = container.resources.requests[resource]?.milliValue, request > 0
    else { return nil }
    let (product, isTooLarge) = limit.multipliedReportingOverflow(by: 100)
    return isTooLarge || product / request >= 1_000_000 ? nil : Int(product / request)
  }
}
