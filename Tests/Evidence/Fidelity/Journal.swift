public import ClusterAPI
import Kernel
import Units
public import World

/// What a simulated run did, in the recordings' words: pods `p0, p1, ...`, ReplicaSets `r1, r2, ...` in
/// the order of their creation.
public struct Journal: Sendable {
  /// `spec.replicas` of every ReplicaSet after each change of one; without any, what the pods of
  /// StatefulSets and DaemonSets came to.
  public private(set) var specs: [Recording.State] = []
  /// The sizes that the watchers saw: pods that are there by status, for the bounds.
  public private(set) var deployments: [Entry] = []
  public private(set) var autoscalers: [AutoscalerEntry] = []
  public private(set) var pods: [PodEntry] = []
  /// Names of the ReplicaSets by pod, where they have one.
  public private(set) var owners: [Int: String] = [:]
  /// Pods by node at the end, those that are being deleted left out.
  public private(set) var placed: [String: Int] = [:]
  /// Pods without a node at the end.
  public private(set) var pending: Set<Int> = []
  public private(set) var evictions: [(at: Double, refusal: String?)] = []
  public private(set) var nodes: [NodeEntry] = []
  public private(set) var sets: SetJournal
  /// When something of a pod, a ReplicaSet or a Deployment changed; ascending.
  public private(set) var changes: [Double] = []

  /// A Deployment as it was at a moment.
  public struct Entry: Sendable {
    public var at: Double
    public var object: Deployment
  }

  /// An autoscaler as it was at a moment.
  public struct AutoscalerEntry: Sendable {
    public var at: Double
    public var object: HorizontalPodAutoscaler
  }

  /// Something that happened to a pod.
  public struct PodEntry: Hashable, Sendable {
    public enum Event: String, Sendable {
      case created, bound, unschedulable, running, ready, unready, terminating, gone, failed
      case succeeded
    }

    public var at: Double
    public var pod: Int
    public var event: Event
    /// Of the node, for `bound`; the message, for `unschedulable`.
    public var text: String?
  }

  /// A node as it was at a moment.
  public struct NodeEntry: Hashable, Sendable {
    public var at: Double
    public var node: String
    /// `True`, `False` or `Unknown`.
    public var ready: String
    /// As `key=value:effect`, sorted.
    public var taints: [String]
  }

  public init(_ world: borrowing World) {
    sets = SetJournal(world)
    var replicas: [String: Int64] = [:]
    var views: [PodView?] = []
    for entry in world.log.entries {
      let at = entry.at.seconds
      switch entry.change {
      case .pod, .replicaSet, .replicaSetDeleted, .deployment: changes.append(at)
      default: break
      }
      switch entry.change {
      case .replicaSet(let id, let set):
        let name = "r\(id.index + 1)"
        let size = Int64(set.spec.replicas)
        if replicas[name] == size { continue }
        replicas[name] = size
        specs.append(.init(at: at, counts: replicas))
      case .replicaSetDeleted(let id):
        replicas["r\(id.index + 1)"] = nil
        specs.append(.init(at: at, counts: replicas))
      case .deployment(_, let object?): deployments.append(Entry(at: at, object: object))
      case .node(let id, let view):
        nodes.append(
          NodeEntry(
            at: at, node: world.nodes.rows[id.index].spec.name, ready: view.ready.rawValue,
            taints: view.spec.taints.map { "\($0.key)=\($0.value):\($0.effect.raw)" }.sorted()))
      case .autoscaler(_, let object?): autoscalers.append(AutoscalerEntry(at: at, object: object))
      case .pod(let id, let view):
        if world.owners[view.owner.index].key.kind == .replicaSet {
          owners[id.index] = "r\(view.owner.index + 1)"
        }
        while views.count <= id.index { views.append(nil) }
        let old = views[id.index]
        views[id.index] = view
        note(id.index, from: old, to: view, at: at, world)
      default: break
      }
    }
    for (index, view) in views.enumerated() {
      guard let view, !view.gone, !view.terminating else { continue }
      if view.node.isNone {
        pending.insert(index)
      } else {
        placed[world.nodes.rows[view.node.index].spec.name, default: 0] += 1
      }
    }
    if specs.isEmpty { specs = sets.specs }
    for entry in world.timeline {
      if case .podEvicted(_, let refusal) = entry.happening {
        evictions.append((entry.at.seconds, refusal))
      }
      guard case .podUnschedulable(let pod, let message) = entry.happening else { continue }
      pods.append(
        PodEntry(
          at: entry.at.seconds, pod: pod.index, event: .unschedulable, text: message))
    }
    pods.sort { $0.at < $1.at }
  }

  private mutating func note(
    _ pod: Int, from old: PodView?, to view: PodView, at: Double, _ world: borrowing World
  ) {
    func add(_ event: PodEntry.Event, _ text: String? = nil) {
      pods.append(PodEntry(at: at, pod: pod, event: event, text: text))
    }
    if old == nil { add(.created) }
    if !view.node.isNone, old?.node.isNone ?? true {
      add(.bound, world.nodes.rows[view.node.index].spec.name)
    }
    let phase = old?.phase ?? .pending
    if view.phase != phase {
      switch view.phase {
      case .pending: break
      case .running: add(.running)
      case .succeeded: add(.succeeded)
      case .failed: add(.failed)
      }
    }
    if view.ready != (old?.ready ?? false), !view.gone { add(view.ready ? .ready : .unready) }
    if view.terminating, old?.terminating != true { add(.terminating) }
    if view.gone, old?.gone != true { add(.gone) }
  }
}
