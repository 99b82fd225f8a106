import ClusterAPI
import Control
import Kernel
import Units

extension World {
  /// What the pods of this pod's owner are to the scheduler, registered when the first is seen; those
  /// of a DaemonSet node by node.
  mutating func kind(of pod: PodID) -> SchedulerState.Kind {
    let owner = pods.views[pod.index].owner
    while scheduler.kinds.count <= owner.index { scheduler.kinds.append([]) }
    let own = pods.templates[pod.index]
    var node: NodeID?
    if case .node(let only) = pods.slots[pod.index] { node = only }
    // Admission may leave later pods of an owner otherwise than earlier ones.
    let zone = volumeZone(of: pod)
    let known = scheduler.kinds[owner.index].first {
      $0.own == own && $0.node == node && $0.zone == zone
    }
    if let known { return known }
    let spec = templates[own.index].template.spec
    let kind = SchedulerState.Kind(
      own: own, node: node, zone: zone,
      template: scheduler.cache.addTemplate(schedulingPod(pod, node, zone)),
      priority: Int32(clamping: spec.priority ?? 0),
      neverPreempts: spec.preemptionPolicy == "Never")
    scheduler.kinds[owner.index].append(kind)
    return kind
  }

  /// The pod as admission left it: with its owner's labels and the default tolerations; bound to one
  /// node as a DaemonSet's pod is (`ReplaceDaemonSetPodNodeNameNodeAffinity`).
  private func schedulingPod(_ pod: PodID, _ node: NodeID?, _ zone: String?) -> SchedulingPod {
    let template = templates[pods.templates[pod.index].index].template
    let owner = owners[pods.views[pod.index].owner.index]
    let labels = owner.labels(of: template)
    var result = SchedulingPod(
      namespace: owner.key.namespace, namespaceLabels: namespaceLabels(owner.key.namespace),
      labels: labels, spec: template.spec, defaultSpreadSelector: spreadSelector(owner, labels))
    result.tolerations = DefaultTolerationSeconds.admitted(template.spec.tolerations)
    result.volumeZone = zone
    if let node {
      let name = nodes.rows[node.index].spec.name
      let term = NodeSelectorTerm(
        matchFields: [NodeSelectorRequirement(key: "metadata.name", op: .in, values: [name])])
      result.affinity.node = NodeAffinity(
        required: [term], preferred: result.affinity.node?.preferred ?? [])
    }
    return result
  }

  private func namespaceLabels(_ name: String) -> Labels {
    var labels: Labels = [:]
    for case .namespace(let namespace) in documents where namespace.meta.name == name {
      labels = namespace.meta.labels
    }
    labels["kubernetes.io/metadata.name"] = name
    return labels
  }

  /// The selector of a ReplicaSet or a StatefulSet, and those of the services that choose the pod
  /// (`helper.DefaultSelector`).
  private func spreadSelector(_ owner: PodOwner, _ labels: Labels) -> LabelSelector? {
    var selector = owner.selector ?? LabelSelector()
    for row in services.rows where row.service.meta.namespace == owner.key.namespace {
      guard let chosen = row.service.selector, !chosen.isEmpty,
        LabelSelector(matchLabels: chosen).matches(labels)
      else { continue }
      for (key, value) in chosen { selector.matchLabels[key] = value }
    }
    return selector == LabelSelector() ? nil : selector
  }
}
