import ClusterAPI
import Control
import Kernel
import Units

extension World {
  /// What the pods of this pod's ReplicaSet are to the scheduler, registered when the first is seen.
  mutating func kind(of pod: PodID) -> SchedulerState.Kind {
    let owner = pods.views[pod.index].owner
    while scheduler.kinds.count <= owner.index { scheduler.kinds.append([]) }
    let own = pods.templates[pod.index]
    // Admission may leave later pods of a ReplicaSet otherwise than earlier ones.
    if let known = scheduler.kinds[owner.index].first(where: { $0.own == own }) { return known }
    let spec = templates[own.index].template.spec
    let kind = SchedulerState.Kind(
      own: own,
      template: scheduler.cache.addTemplate(schedulingPod(pod, owner)),
      priority: Int32(clamping: spec.priority ?? 0),
      neverPreempts: spec.preemptionPolicy == "Never")
    scheduler.kinds[owner.index].append(kind)
    return kind
  }

  /// The pod as admission left it: with its hash label and the default tolerations.
  private func schedulingPod(_ pod: PodID, _ owner: ReplicaSetID) -> SchedulingPod {
    let template = templates[pods.templates[pod.index].index].template
    let namespace = replicaSetKeys[owner.index].namespace
    let hash = templateHash(of: owner)
    var labels = template.labels
    if let hash { labels["pod-template-hash"] = hash }
    var result = SchedulingPod(
      namespace: namespace, namespaceLabels: namespaceLabels(namespace), labels: labels,
      spec: template.spec, defaultSpreadSelector: spreadSelector(owner, labels, hash))
    result.tolerations = DefaultTolerationSeconds.admitted(template.spec.tolerations)
    return result
  }

  /// The label `pod-template-hash` of a Deployment's ReplicaSet: the end of its name.
  func templateHash(of owner: ReplicaSetID) -> String? {
    guard replicaSetOwners[owner.index].kind == .deployment else { return nil }
    let prefix = replicaSetOwners[owner.index].name + "-"
    let name = replicaSetKeys[owner.index].name
    return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
  }

  private func namespaceLabels(_ name: String) -> Labels {
    var labels: Labels = [:]
    for case .namespace(let namespace) in documents where namespace.meta.name == name {
      labels = namespace.meta.labels
    }
    labels["kubernetes.io/metadata.name"] = name
    return labels
  }

  /// The ReplicaSet's selector and those of the services that choose the pod
  /// (`helper.DefaultSelector`).
  private func spreadSelector(
    _ owner: ReplicaSetID, _ labels: Labels, _ hash: String?
  ) -> LabelSelector? {
    var selector = replicaSets[owner.index]?.spec.selector ?? LabelSelector(matchLabels: labels)
    if let hash { selector.matchLabels["pod-template-hash"] = hash }
    for row in services.rows
    where row.service.meta.namespace == replicaSetKeys[owner.index].namespace {
      guard let chosen = row.service.selector, !chosen.isEmpty,
        LabelSelector(matchLabels: chosen).matches(labels)
      else { continue }
      for (key, value) in chosen { selector.matchLabels[key] = value }
    }
    return selector
  }
}
