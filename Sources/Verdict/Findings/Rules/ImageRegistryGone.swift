import ClusterAPI

/// An image comes from a registry that serves it no more, or that gets no newer ones.
enum ImageRegistryGone: FindingRule {
  static let id = "image-registry-gone"
  static let title = "an image's registry is gone or frozen"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    (workload.spec.initContainers + workload.spec.containers).compactMap { container in
      guard let place = ImagePlace.all.first(where: { $0.holds(container.image) }) else {
        return nil
      }
      return switch place.state {
      case .gone:
        finding(
          .error, workload.key, part: container.name,
          "\(place.words): a node that does not have \(container.image) cannot pull it; "
            + place.instead, .when("unless the node or a mirror has the image"))
      case .frozen:
        finding(
          .note, workload.key, part: container.name,
          "\(place.words): \(container.image) may go away; \(place.instead)",
          .when("if the old registry stops"))
      }
    }
  }
}
