import ClusterAPI
import Control
import Units
import World

/// A Deployment between syncs, and what stands in for the API server during one.
struct SyncedDeployment {
  private var deployment: Deployment
  private var sets: [ReplicaSet] = []

  init(_ source: JSON) throws {
    var spec = DeploymentSpec(
      replicas: 0, selector: LabelSelector(), template: SyncedDeployment.template(""))
    spec.strategy = try DeploymentJSON.rolling(source).strategy
    spec.progressDeadlineSeconds = DeploymentJSON.progressDeadline(source)
    spec.revisionHistoryLimit = Int(try source.int("revisionHistoryLimit"))
    deployment = Deployment(meta: ObjectMeta(name: "web", namespace: "default"), spec: spec)
    deployment.meta.generation = 1
    try change(source)
  }

  private static func template(_ id: String) -> PodTemplate {
    PodTemplate(labels: ["template": id], spec: PodSpec(containers: []))
  }

  private mutating func change(_ change: JSON) throws {
    if let id = change["template"]?.string {
      deployment.spec.template = SyncedDeployment.template(id)
    }
    if let replicas = change["replicas"]?.int { deployment.spec.replicas = Int(replicas) }
    if let paused = change["paused"]?.bool { deployment.spec.paused = paused }
    if let surge = change["maxSurge"] {
      deployment.spec.strategy.maxSurge = try IntstrScale.intOrString(surge)
    }
    if let unavailable = change["maxUnavailable"] {
      deployment.spec.strategy.maxUnavailable = try IntstrScale.intOrString(unavailable)
    }
  }

  /// Runs one sync over the given ReplicaSets and returns what it leaves behind.
  mutating func sync(_ step: JSON) throws -> JSON {
    let now = Instant.zero + .seconds(try step.int("t"))
    if let change = step["specChange"] {
      try self.change(change)
      deployment.meta.generation += 1
    }
    sets = try step.elements("replicaSets").map(replicaSet)
    let current = deployment.spec.template.labels["template"]
    let oldPodsExist = try step.members("podsExisting").contains {
      $0.key != current && ($0.value.int ?? 0) > 0
    }
    let controller = DeploymentController()
    var pass = Pass(
      now: now,
      input: DeploymentController.Input(
        deployment: deployment, replicaSets: sets, oldPodsExist: oldPodsExist),
      memory: controller.initial)
    while case .asked(let request) = controller.attempt(&pass) {
      guard case .write(let command) = request else {
        throw EvidenceError("unexpected request: \(request)")
      }
      try apply(command, now)
      pass.resume(with: .written(.written(resourceVersion: 1, uid: 1)))
    }
    return state
  }

  private func replicaSet(_ row: JSON) throws -> ReplicaSet {
    guard let cells = row.array, cells.count == 9, let id = cells[0].string else {
      throw EvidenceError("no row of a ReplicaSet: \(row)")
    }
    func count(_ index: Int) -> Int { Int(cells[index].int ?? 0) }
    var set = ReplicaSet(
      meta: ObjectMeta(name: "web-\(id)", namespace: "default"),
      spec: ReplicaSetSpec(
        replicas: count(2), selector: LabelSelector(), template: SyncedDeployment.template(id)))
    set.meta.creationTimestamp = Timestamp(seconds: cells[1].int ?? 0)
    set.status.replicas = count(3)
    set.status.readyReplicas = count(4)
    set.status.availableReplicas = count(5)
    for (key, cell) in zip(SyncedDeployment.annotations, cells[6...]) {
      if let text = cell.string { set.meta.annotations[key] = text }
    }
    return set
  }

  private static let annotations = ["desired-replicas", "max-replicas", "revision"].map {
    "deployment.kubernetes.io/" + $0
  }

  private mutating func apply(_ command: Command, _ now: Instant) throws {
    switch command {
    case .create(.replicaSet(var set)):
      set.meta.creationTimestamp = Timestamp(now)
      sets.append(set)
    case .replace(.replicaSet(let set)):
      guard let index = sets.firstIndex(where: { $0.meta.name == set.meta.name }) else {
        throw EvidenceError("no ReplicaSet \(set.meta.name)")
      }
      sets[index] = set
    case .delete(let key, _): sets.removeAll { $0.meta.name == key.name }
    case .replaceStatus(.deployment(let changed)): deployment = changed
    default: throw EvidenceError("unexpected write: \(command)")
    }
  }

  private var state: JSON {
    let status = deployment.status
    let rows = sets.map { set -> JSON in
      let counts = [
        set.spec.replicas, set.status.replicas, set.status.readyReplicas,
        set.status.availableReplicas,
      ]
      let texts = SyncedDeployment.annotations.map { key in
        set.meta.annotations[key].map { JSON.string($0) } ?? .null
      }
      return .array(
        [
          .string(set.spec.template.labels["template"] ?? ""),
          .int(set.meta.creationTimestamp.seconds),
        ] + counts.map { .int(Int64($0)) } + texts)
    }
    let counts = [
      status.replicas, status.updatedReplicas, status.readyReplicas, status.availableReplicas,
      status.unavailableReplicas,
    ]
    let conditions = status.conditions.sorted { $0.type < $1.type }.map { condition -> JSON in
      [
        .string(condition.type), .string(condition.status.rawValue), .string(condition.reason),
        .int(condition.lastUpdateTime.seconds), .int(condition.lastTransitionTime.seconds),
      ]
    }
    let revision = deployment.meta.annotations[SyncedDeployment.annotations[2]]
    return [
      "replicaSets": .array(rows), "revision": revision.map { .string($0) } ?? .null,
      "status": .array([.int(status.observedGeneration)] + counts.map { .int(Int64($0)) }),
      "conditions": .array(conditions),
    ]
  }
}
