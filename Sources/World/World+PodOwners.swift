import ClusterAPI
import Control
import Kernel
public import Units

// Pods, and what they are made from.
extension World {
  /// The owner that a ReplicaSet is to its pods.
  mutating func own(_ set: ReplicaSet) -> OwnerID {
    let key = ClusterObject.replicaSet(set).key
    let owner = set.meta.owner
    let workload = ObjectKey(
      owner?.kind ?? .replicaSet, namespace: key.namespace, name: owner?.name ?? key.name)
    var ownLabels: Labels = [:]
    // The label `pod-template-hash` of a Deployment's ReplicaSet: the end of its name.
    let prefix = workload.name + "-"
    if workload.kind == .deployment, key.name.hasPrefix(prefix) {
      ownLabels["pod-template-hash"] = String(key.name.dropFirst(prefix.count))
    }
    var selector = set.spec.selector
    for (key, value) in ownLabels { selector.matchLabels[key] = value }
    return own(
      key, uid: set.meta.uid, of: workload, row: deploymentID(workload)?.raw ?? .max,
      set.spec.template, selector: selector, ownLabels: ownLabels)
  }

  mutating func own(
    _ key: ObjectKey, uid: UInt64, of workload: ObjectKey, row: UInt32, _ template: PodTemplate,
    selector: LabelSelector?, ownLabels: Labels
  ) -> OwnerID {
    owners.append(
      PodOwner(
        key: key, uid: uid, workload: workload, row: row, template: intern(template),
        selector: selector, ownLabels: ownLabels))
    let owner = owners[owners.count - 1]
    ownerIndex.append(owner, owner.labels(of: templates[owner.template.index].template))
    return OwnerID(owners.count - 1)
  }

  /// The owner of this name whose object is there.
  func ownerID(_ key: ObjectKey, uid: UInt64) -> OwnerID? {
    guard let row = ownerIndex.owner(uid: uid), owners[row].key == key else { return nil }
    let found = OwnerID(row)
    switch key.kind {
    case .replicaSet: return replicaSets[found.index] == nil ? nil : found
    case .controllerRevision: return workloads.revisions[found.index] == nil ? nil : found
    case .job:
      return workloads.jobs.rows[Int(owners[found.index].row)] == nil ? nil : found
    default: return found
    }
  }

  /// The user's pod: scheduled and run, and never replaced. One that is there stays as it is.
  mutating func create(_ pod: Pod) {
    let key = ClusterObject.pod(pod).key
    guard pods.named(key) == nil else { return }
    let template = PodTemplate(
      labels: pod.meta.labels, annotations: pod.meta.annotations, spec: pod.spec,
      unmodelled: pod.unmodelled)
    let uid = newUID()
    _ = own(key, uid: uid, of: key, row: .max, template, selector: nil, ownLabels: [:])
    if case .refused(.forbidden(let message)) = createPod(key, uid, .any) {
      return note(.refused(key, message: message))
    }
    guard let id = pods.named(key) else { return }
    singlePods.removeAll { ClusterObject.pod($0.object).key == key }
    singlePods.append(SinglePod(object: pod, id: id))
    if let node = pod.spec.nodeName.flatMap(nodes.id) { _ = bind(id, node) }
    note(.applied(key))
  }

  /// The API server stores a pod, if admission lets it.
  mutating func createPod(_ owner: ObjectKey, _ uid: UInt64, _ slot: PodSlot) -> WriteResult {
    guard let id = ownerID(owner, uid: uid) else { return .refused(.notFound) }
    let name = fixedName(of: id, slot)
    if let name, pods.named(name) != nil { return .refused(.alreadyExists) }
    var view = PodView()
    view.owner = id
    view.created = Timestamp(queue.now)
    let annotations = templates[owners[id.index].template.index].template.annotations
    view.deletionCost = Int32(
      clamping: PodDeletionCost.parse(annotations["controller.kubernetes.io/pod-deletion-cost"]))
    let cause = cause(of: id, slot)
    let template: TemplateID
    do throws(AdmissionError) {
      template = try admitPod(of: id)
    } catch {
      let refused = podName(of: id, slot, cause: cause)
      return .refused(.forbidden(error.forbidden("pods", refused)))
    }
    owners[id.index].made += 1
    if slot != .any { owners[id.index].madeAgain[slot, default: 0] += 1 }
    let pod = pods.append(
      view, name: podName(of: id, slot, cause: cause), template: template, cause: cause,
      slot: slot)
    if let name { pods.names[name] = pod }
    storePod(pod)
    note(.podCreated(pod))
    return .written(resourceVersion: log.resourceVersion, uid: newUID())
  }

  /// Names the next pod of an owner in draws: by its number, or by its slot and how often that was used.
  private func cause(of id: OwnerID, _ slot: PodSlot) -> UInt64 {
    let owner = owners[id.index]
    let hash = CauseHash().with(owner.key.namespace).with(owner.key.name)
    let again = owner.madeAgain[slot] ?? 0
    switch slot {
    case .any: return hash.with(owner.made).value
    case .ordinal(let number), .completion(let number): return hash.with(number).with(again).value
    case .node(let node): return hash.with(nodes.rows[node.index].spec.name).with(again).value
    }
  }

  /// The name of a pod that has one of its own.
  private func fixedName(of id: OwnerID, _ slot: PodSlot) -> ObjectKey? {
    let owner = owners[id.index]
    guard case .ordinal = slot else { return owner.key.kind == .pod ? owner.key : nil }
    return ObjectKey(
      .pod, namespace: owner.key.namespace, name: podName(of: id, slot, cause: 0))
  }

  public func podName(_ pod: PodID) -> String { pods.podNames[pod.index] }

  /// A pod's name: its own, or that of its owner and five letters drawn for it, as the API server
  /// makes it from `generateName`.
  private func podName(of id: OwnerID, _ slot: PodSlot, cause: UInt64) -> String {
    let owner = owners[id.index]
    if owner.key.kind == .pod { return owner.key.name }
    var name = (owner.key.kind == .replicaSet ? owner.key : owner.workload).name + "-"
    switch slot {
    case .ordinal(let number): return name + String(number)
    case .completion(let number): name += "\(number)-"
    case .any, .node: break
    }
    let letters = Array("bcdfghjklmnpqrstvwxz2456789".unicodeScalars)
    var word = mix64(cause)
    for _ in 0..<5 {
      name.unicodeScalars.append(letters[Int(word % UInt64(letters.count))])
      word /= UInt64(letters.count)
    }
    return name
  }
}
