import ClusterAPI

/// An autoscaler looks at use in per cent of a request that a container does not have.
enum AutoscalerWithoutRequests: FindingRule {
  static let id = "autoscaler-without-requests"
  static let title = "an autoscaler has no request to measure use by"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    workload.autoscalers.flatMap { autoscaler in
      autoscaler.metrics.flatMap { metric -> [RehearsalFinding] in
        guard case .utilization = metric.target else { return [] }
        let resource: String
        var containers = workload.spec.containers
        switch metric.source {
        case .resource(let name): resource = name
        case .containerResource(let name, let container):
          resource = name
          containers = containers.filter { $0.name == container }
        case .pods, .object, .external: return []
        }
        if hasDefault(resource, workload) { return [] }
        return containers.filter { $0.resources.requests[resource] == nil }.map { container in
          finding(
            .error, ClusterObject.horizontalPodAutoscaler(autoscaler).key,
            part: "\(container.name) \(resource)",
            "\(container.name) of \(workload.key.short) requests no \(resource), by which its use would be "
              + "measured (FailedGetResourceMetric): it is never scaled on it")
        }
      }
    }
  }

  /// Whether a LimitRange of the namespace gives containers a request.
  private static func hasDefault(_ resource: String, _ workload: ExaminedWorkload) -> Bool {
    workload.tree.objects.contains { object in
      guard case .limitRange(let range) = object, range.meta.namespace == workload.namespace else {
        return false
      }
      return range.limits.contains {
        $0.type == "Container"
          && ($0.defaultRequests[resource] != nil || $0.defaultLimits[resource] != nil)
      }
    }
  }
}
