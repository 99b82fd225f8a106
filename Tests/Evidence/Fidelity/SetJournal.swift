import ClusterAPI
import Kernel
import Units
public import World

/// What became of StatefulSets and DaemonSets, in the recordings' words: ControllerRevisions `c1, c2,
/// ...` by their first creation.
public struct SetJournal: Sendable {
  /// Pods by revision, Ready ones and terminating ones, after each change.
  public private(set) var specs: [Recording.State] = []
  public private(set) var steps: [Step] = []
  /// Every status that was stored, in the recordings' form.
  public private(set) var statuses: [(at: Double, status: JSON)] = []
  /// `c1 1`, `c1 deleted`
  public private(set) var revisions: [String] = []

  private var names: [String: String] = [:]
  private var pods: [Int: Pod] = [:]

  /// What happened to a pod: of the StatefulSet's pod with that name, or of the DaemonSet's on that node.
  public struct Step: Hashable, Sendable {
    public var at: Double
    public var what: String
    public var who: String
    public var revision: String

    /// Without the time.
    var words: String { "\(what) \(who) \(revision)" }
  }

  private struct Pod {
    var who: String
    var revision: String
    var isReady = false
    var isTerminating = false
  }

  public init(_ world: borrowing World) {
    for entry in world.log.entries {
      let at = entry.at.seconds
      switch entry.change {
      case .controllerRevision(let id, let revision):
        note(revision, key: world.owners[id.index].key.name)
      case .statefulSet(_, let set?): statuses.append((at, status(set)))
      case .daemonSet(_, let set?): statuses.append((at, status(set)))
      case .pod(let id, let view):
        let owner = world.owners[view.owner.index]
        guard let revision = names[owner.key.name], owner.key.kind == .controllerRevision else {
          continue
        }
        var who = world.podName(id)
        if case .node(let node) = world.pods.slots[id.index] {
          who = world.nodes.rows[node.index].spec.name
        }
        take(view, of: id.index, who, revision, at: at)
      default: break
      }
    }
  }

  private mutating func note(_ revision: ControllerRevision?, key: String) {
    let name = names[key] ?? "c\(names.count + 1)"
    names[key] = name
    revisions.append("\(name) \(revision.map { String($0.revision) } ?? "deleted")")
  }

  private mutating func take(
    _ view: PodView, of id: Int, _ who: String, _ revision: String, at: Double
  ) {
    func add(_ what: String, if happened: Bool) {
      guard happened else { return }
      steps.append(Step(at: at, what: what, who: who, revision: revision))
    }
    let old = pods[id]
    var pod = Pod(who: who, revision: revision)
    pod.isReady = view.ready
    pod.isTerminating = view.terminating
    add("created", if: old == nil)
    if !view.gone {
      add("ready", if: view.ready && old?.isReady != true)
      add("unready", if: !view.ready && old?.isReady == true)
    }
    add("terminating", if: view.terminating && old?.isTerminating != true)
    add("gone", if: view.gone)
    pods[id] = view.gone ? nil : pod
    var counts: [String: Int64] = ["ready": 0, "terminating": 0]
    for pod in pods.values {
      counts[pod.isTerminating ? "terminating" : pod.revision, default: 0] += 1
      if !pod.isTerminating, pod.isReady { counts["ready", default: 0] += 1 }
    }
    if specs.last?.counts != counts { specs.append(.init(at: at, counts: counts)) }
  }

  private func status(_ set: StatefulSet) -> JSON {
    let status = set.status
    func name(_ revision: String) -> JSON { names[revision].map { .string($0) } ?? .null }
    return [
      "sts": .string(set.meta.name), "gen": .int(set.meta.generation),
      "obs": .int(status.observedGeneration), "spec": .int(Int64(set.replicas)),
      "replicas": .int(Int64(status.replicas)), "ready": .int(Int64(status.readyReplicas)),
      "available": .int(Int64(status.availableReplicas)),
      "current": .int(Int64(status.currentReplicas)),
      "updated": .int(Int64(status.updatedReplicas)),
      "currentRevision": name(status.currentRevision),
      "updateRevision": name(status.updateRevision),
    ]
  }

  private func status(_ set: DaemonSet) -> JSON {
    let status = set.status
    return [
      "ds": .string(set.meta.name), "gen": .int(set.meta.generation),
      "obs": .int(status.observedGeneration),
      "desired": .int(Int64(status.desiredNumberScheduled)),
      "current": .int(Int64(status.currentNumberScheduled)),
      "misscheduled": .int(Int64(status.numberMisscheduled)),
      "updated": .int(Int64(status.updatedNumberScheduled)),
      "ready": .int(Int64(status.numberReady)),
      "available": .int(Int64(status.numberAvailable)),
      "unavailable": .int(Int64(status.numberUnavailable)),
    ]
  }
}
