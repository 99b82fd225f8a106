public import ClusterAPI

/// A workload with what surrounds it in its tree.
public struct ExaminedWorkload: Sendable {
  public var object: ClusterObject
  public var template: PodTemplate
  /// Pods that it asks for; of a DaemonSet one on each node counts as one.
  public var replicas: Int
  /// Services that select its pods.
  public var services: [Service]
  /// Budgets that protect them.
  public var budgets: [PodDisruptionBudget]
  /// Autoscalers of it.
  public var autoscalers: [HorizontalPodAutoscaler]
  public var tree: ExaminedTree

  /// nil: the object makes no pods.
  public init?(_ object: ClusterObject, in tree: ExaminedTree) {
    switch object {
    case .deployment(let it): (template, replicas) = (it.spec.template, it.spec.replicas)
    case .statefulSet(let it): (template, replicas) = (it.template, it.replicas)
    case .daemonSet(let it): (template, replicas) = (it.template, 1)
    case .job(let it): (template, replicas) = (it.template, it.parallelism)
    case .pod(let it):
      (template, replicas) = (PodTemplate(labels: it.meta.labels, spec: it.spec), 1)
    default: return nil
    }
    self.object = object
    self.tree = tree
    let (labels, key) = (template.labels, object.key)
    let local = tree.objects.filter { $0.meta.namespace == key.namespace }
    services = local.compactMap {
      guard case .service(let service) = $0, let selector = service.selector, !selector.isEmpty,
        LabelSelector(matchLabels: selector).matches(labels)
      else { return nil }
      return service
    }
    budgets = local.compactMap {
      guard case .podDisruptionBudget(let budget) = $0, let selector = budget.selector,
        selector.matches(labels)
      else { return nil }
      return budget
    }
    autoscalers = local.compactMap {
      guard case .horizontalPodAutoscaler(let autoscaler) = $0, autoscaler.target == key else {
        return nil
      }
      return autoscaler
    }
  }

  public var key: ObjectKey { object.key }
  public var spec: PodSpec { template.spec }

  /// Containers that run as long as the pod: sidecars among the init containers too.
  public var containers: [Container] {
    spec.initContainers.filter { $0.restartPolicy == "Always" } + spec.containers
  }

  /// The fewest pods that there may be: an autoscaler's minimum, else the replicas.
  public var fewest: Int { autoscalers.map { $0.minReplicas ?? 1 }.min() ?? replicas }

  /// The most pods that there may be.
  public var most: Int { autoscalers.map(\.maxReplicas).max() ?? replicas }

  /// Whether it is there to serve: a Service sends requests to it, and not only to read its metrics.
  public var isServed: Bool {
    services.contains { service in
      service.ports.contains { port in
        let names = [port.name, port.targetPort.word].compactMap { $0?.lowercased() }
        return !names.contains { name in
          ["metric", "monitor", "profil", "prometheus", "telemetry", "probe"].contains {
            name.contains($0)
          }
        }
      }
    }
  }

  /// Whether its pods are replaced one after another, with some there all the time.
  public var rollsOut: Bool {
    switch object {
    case .deployment(let it): it.spec.strategy.kind == .rollingUpdate
    case .statefulSet(let it): it.updateStrategy == "RollingUpdate"
    case .daemonSet(let it): it.updateStrategy == "RollingUpdate"
    default: false
    }
  }

  /// `its only pod`, `all 3 old pods`
  var allPods: String { replicas == 1 ? "its only pod" : "all \(replicas) old pods" }

  /// `no pod`, `none of its 3 pods`
  var noPod: String { replicas == 1 ? "no pod" : "none of its \(replicas) pods" }

  /// Whether its pods can be replaced by new ones of a changed template.
  public var isUpdatable: Bool {
    switch object {
    case .deployment, .statefulSet, .daemonSet: true
    default: false
    }
  }

  /// Whether two of its pods cannot be on one node: they take a port of it, or must not meet there.
  public var needsNodeOfItsOwn: Bool {
    if containers.contains(where: { $0.ports.contains { port in port.hostPort != nil } }) {
      return true
    }
    if spec.hostNetwork, containers.contains(where: { !$0.ports.isEmpty }) { return true }
    return (spec.affinity.podAnti?.required ?? []).contains {
      $0.topologyKey == "kubernetes.io/hostname"
        && $0.labelSelector?.matches(template.labels) == true
    }
  }
}

extension IntOrString {
  fileprivate var word: String? { if case .string(let word) = self { word } else { nil } }
}
