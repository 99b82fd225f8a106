public import ClusterAPI

/// A write by the user, at a moment of the scenario.
public enum Change: Hashable, Sendable {
  /// `kubectl apply`: creates the object, or makes it what the manifest says.
  case apply(ClusterObject)
  /// `kubectl set image`; a nil container is the first one.
  case setImage(ObjectKey, container: String?, image: String)
  /// `kubectl scale`.
  case scale(ObjectKey, replicas: Int)
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
    case .setImage(let key, _, _), .scale(let key, _), .undo(let key), .pause(let key, _): key
    case .node(let node, _): ObjectKey(.node, namespace: "", name: node.description)
    case .pod(let reference, _): ObjectKey(.pod, namespace: "", name: reference.description)
    }
  }

  /// What a Deployment becomes by it; nil where that does not follow from the object alone.
  public func changed(_ deployment: Deployment) -> DeploymentSpec? {
    var spec = deployment.spec
    switch self {
    case .apply(.deployment(let wanted)):
      spec = wanted.spec
      // What the manifest does not say stays as it is.
      if !spec.declaresReplicas { spec.replicas = deployment.spec.replicas }
    case .setImage(_, let container, let image):
      let index = spec.template.spec.containers.firstIndex {
        container == nil || $0.name == container
      }
      guard let index else { return nil }
      spec.template.spec.containers[index].image = image
    case .scale(_, let replicas): spec.replicas = replicas
    case .pause(_, let paused): spec.paused = paused
    case .apply, .undo, .node, .pod: return nil
    }
    return spec
  }
}
