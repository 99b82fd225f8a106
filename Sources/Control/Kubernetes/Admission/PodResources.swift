public import ClusterAPI

/// What a pod asks for as a whole (`resource.PodRequests` and `resource.PodLimits`).
public enum PodResources {
  /// Containers and restartable init containers (sidecars) run together; an ordinary init container
  /// runs before the containers, beside the sidecars that precede it. The larger of the two counts,
  /// plus the pod's overhead.
  ///
  /// - Parameter missing: amounts that a container counts with where it names none.
  public static func requests(_ spec: PodSpec, missing: ResourceList = [:]) -> ResourceList {
    var all = together(spec) { container in
      var own = missing
      for (name, amount) in container.resources.requests { own[name] = amount }
      return own
    }
    all.add(spec.overhead)
    return all
  }

  /// Likewise of the limits; overhead counts where there is a limit.
  public static func limits(_ spec: PodSpec) -> ResourceList {
    var all = together(spec) { $0.resources.limits }
    for (name, amount) in spec.overhead where all[name] != nil { all[name]?.add(amount) }
    return all
  }

  private static func together(
    _ spec: PodSpec, _ own: (Container) -> ResourceList
  ) -> ResourceList {
    var running: ResourceList = [:]
    for container in spec.containers { running.add(own(container)) }
    var sidecars: ResourceList = [:]
    var starting: ResourceList = [:]
    for container in spec.initContainers {
      if container.restartPolicy == "Always" {
        running.add(own(container))
        sidecars.add(own(container))
        starting.raise(to: sidecars)
      } else {
        var beside = sidecars
        beside.add(own(container))
        starting.raise(to: beside)
      }
    }
    running.raise(to: starting)
    return running
  }
}

extension ResourceList {
  /// Adds the amounts of `other`.
  public mutating func add(_ other: ResourceList) {
    for (name, amount) in other {
      if let present = self[name] { self[name] = present + amount } else { self[name] = amount }
    }
  }

  /// Raises each amount to that of `other` where it is larger.
  public mutating func raise(to other: ResourceList) {
    for (name, amount) in other {
      if let present = self[name], present >= amount { continue }
      self[name] = amount
    }
  }
}
