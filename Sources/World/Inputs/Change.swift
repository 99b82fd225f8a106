public import ClusterAPI

/// A write by the user, at a moment of the scenario.
public enum Change: Hashable, Sendable {
  /// `kubectl apply`: creates the object, or makes it what the manifest says.
  case apply(ClusterObject)
  /// `kubectl set image`; a nil container is the first one.
  case setImage(ObjectKey, container: String?, image: String)
  /// `kubectl scale`.
  case scale(ObjectKey, replicas: Int)
  /// `kubectl rollout restart`: new pods of the same template.
  case restart(ObjectKey)
  /// `kubectl delete`: the object goes at once, and the garbage collector deletes what belongs to it
  /// (background cascading).
  case delete(ObjectKey)
  /// `kubectl rollout undo`: back to the template of the revision before.
  case undo(ObjectKey)
  /// `kubectl rollout pause`, and `resume`.
  case pause(ObjectKey, Bool)
  case node(NodeReference, NodeWork)
  case pod(PodReference, PodWork)

  /// The object that is written.
  public var key: ObjectKey {
    switch self {
    case .apply(let object): object.key
    case .setImage(let key, _, _), .scale(let key, _), .undo(let key), .pause(let key, _),
      .restart(let key), .delete(let key):
      key
    case .node(let node, _): ObjectKey(.node, namespace: "", name: node.description)
    case .pod(let reference, _): ObjectKey(.pod, namespace: "", name: reference.description)
    }
  }

  /// What a Deployment becomes by it; nil where that does not follow from the object alone.
  ///
  /// - Parameter now: seconds of the Unix epoch, which a restart writes down.
  public func changed(_ deployment: Deployment, now: Int64) -> DeploymentSpec? {
    var spec = deployment.spec
    switch self {
    case .apply(.deployment(let wanted)):
      spec = wanted.spec
      // What the manifest does not say stays as it is.
      if !spec.declaresReplicas { spec.replicas = deployment.spec.replicas }
    case .setImage, .restart:
      guard let template = changed(spec.template, now: now) else { return nil }
      spec.template = template
    case .scale(_, let replicas): spec.replicas = replicas
    case .pause(_, let paused): spec.paused = paused
    case .apply, .undo, .delete, .node, .pod: return nil
    }
    return spec
  }

  /// What a template becomes by it; nil: it is not about templates, or names an unknown container.
  public func changed(_ template: PodTemplate, now: Int64) -> PodTemplate? {
    var changed = template
    switch self {
    case .setImage(_, let container, let image):
      let index = template.spec.containers.firstIndex {
        container == nil || $0.name == container
      }
      guard let index else { return nil }
      changed.spec.containers[index].image = image
    case .restart: changed.annotations["kubectl.kubernetes.io/restartedAt"] = String(now)
    case .apply, .scale, .undo, .pause, .delete, .node, .pod: return nil
    }
    return changed
  }
}
