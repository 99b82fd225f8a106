import ClusterAPI
import Control
import Kernel
import Units

// Volumes of claims: made in the zone of their first pod (WaitForFirstConsumer), and attached to one
// node at a time, unless many may use them.
extension World {
  /// The claims that a pod names, those of its StatefulSet's templates first.
  private func claims(of pod: PodID) -> [ObjectKey] {
    let owner = owners[pods.views[pod.index].owner.index]
    var names: [String] = []
    if owner.workload.kind == .statefulSet {
      names = claimTemplates(owner).map { $0.meta.name + "-" + podName(pod) }
    }
    for volume in templates[pods.templates[pod.index].index].template.spec.volumes {
      if case .persistentVolumeClaim(let name, _) = volume.source { names.append(name) }
    }
    return names.map {
      ObjectKey(.persistentVolumeClaim, namespace: owner.key.namespace, name: $0)
    }
  }

  private func claimTemplates(_ owner: PodOwner) -> [PersistentVolumeClaim] {
    let sets = workloads.statefulSets.rows
    guard owner.workload.kind == .statefulSet, Int(owner.row) < sets.count else { return [] }
    return sets[Int(owner.row)]?.volumeClaimTemplates ?? []
  }

  private func usesClaims(_ pod: PodID) -> Bool {
    templates[pods.templates[pod.index].index].hasClaims
      || !claimTemplates(owners[pods.views[pod.index].owner.index]).isEmpty
  }

  private func isShared(_ key: ObjectKey, _ pod: PodID) -> Bool {
    var modes: [String] = []
    for case .persistentVolumeClaim(let claim) in documents
    where claim.meta.name == key.name && claim.meta.namespace == key.namespace {
      modes = claim.accessModes
    }
    for template in claimTemplates(owners[pods.views[pod.index].owner.index])
    where key.name == template.meta.name + "-" + podName(pod) {
      modes = template.accessModes
    }
    return modes.contains("ReadWriteMany") || modes.contains("ReadOnlyMany")
  }

  /// The zone that the volumes of a pod are in; nil: they may still be made anywhere.
  func volumeZone(of pod: PodID) -> String? {
    guard usesClaims(pod) else { return nil }
    for key in claims(of: pod) {
      if let row = volumeClaims.row(key), let zone = volumeClaims[row].zone { return zone }
    }
    return nil
  }

  private mutating func claimRow(_ key: ObjectKey, _ pod: PodID) -> Int {
    if let known = volumeClaims.row(key) { return known }
    let isShared = isShared(key, pod)
    return volumeClaims.add(key, isShared: isShared)
  }

  /// The pod has got a node: volumes that were not made yet are made in its zone.
  mutating func makeVolumes(of pod: PodID, on node: NodeID) {
    guard usesClaims(pod) else { return }
    let zone = nodes.rows[node.index].spec.labels["topology.kubernetes.io/zone"]
    for key in claims(of: pod) {
      let row = claimRow(key, pod)
      if !volumeClaims[row].isShared, volumeClaims[row].zone == nil {
        volumeClaims[row].zone = zone
      }
    }
  }

  /// Attaches the volumes of a pod to its node; false when one is attached elsewhere (Multi-Attach
  /// error): the pod waits until whoever uses it is gone.
  mutating func attachVolumes(of pod: PodID) -> Bool {
    guard usesClaims(pod) else { return true }
    let node = pods.views[pod.index].node
    var rows: [(ObjectKey, Int)] = []
    for key in claims(of: pod) { rows.append((key, claimRow(key, pod))) }
    for (key, row) in rows where !volumeClaims[row].isShared {
      let claim = volumeClaims[row]
      if claim.node.isNone || claim.node == node || claim.users.isEmpty { continue }
      if !claim.waiting.contains(pod) {
        volumeClaims[row].waiting.append(pod)
        note(.volumeBusy(pod, claim: key.name, node: claim.node))
      }
      return false
    }
    for (_, row) in rows where !volumeClaims[row].isShared {
      volumeClaims[row].node = node
      volumeClaims[row].waiting.removeAll { $0 == pod }
      if !volumeClaims[row].users.contains(pod) { volumeClaims[row].users.append(pod) }
    }
    return true
  }

  /// The pod is gone: a volume that nobody of its node uses any more is free for another node.
  mutating func detachVolumes(of pod: PodID) {
    guard usesClaims(pod) else { return }
    for key in claims(of: pod) {
      guard let row = volumeClaims.row(key) else { continue }
      volumeClaims[row].users.removeAll { $0 == pod }
      volumeClaims[row].waiting.removeAll { $0 == pod }
      guard volumeClaims[row].users.isEmpty, !volumeClaims[row].isShared else { continue }
      for next in volumeClaims[row].waiting {
        push(
          .podProceeds, next.index, at: queue.now + options.latencies.volumeAttach,
          generation: pods.generations[next.index])
      }
    }
  }
}
