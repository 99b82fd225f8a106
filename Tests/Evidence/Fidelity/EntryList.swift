import ClusterAPI
import Kernel
import Units
public import World

/// Both timelines of one recording in one order of time, for whoever looks for the cause of a miss.
public enum EntryList {
  public static func text(
    _ recording: Recording, delays: RecordedDelays = .fitted
  ) throws -> String {
    let script = try RecordedScript(
      recording, latencies: FidelityRun.latencies(recording, delays))
    var world = script.world()
    world.run(until: .zero + .seconds(rounding: recording.duration))
    var lines: [(at: Double, text: String)] = []
    for entry in recording.timeline {
      guard let at = entry["t"]?.number, entry["event"] == nil else { continue }
      lines.append((at, "recorded   " + entry.without(["t"]).description))
    }
    for entry in world.log.entries {
      if let text = words(entry.change, world) {
        lines.append((entry.at.seconds, "simulated  " + text))
      }
    }
    return lines.sorted { $0.at < $1.at }.map { "\($0.at.rounded3)\t\($0.text)" }
      .joined(separator: "\n")
  }

  private static func words(_ change: LogEntry.Change, _ world: borrowing World) -> String? {
    switch change {
    case .deployment(_, let object?):
      let status = object.status
      let conditions = status.conditions.map { "\($0.type)=\($0.status.rawValue)/\($0.reason)" }
      return "deploy \(object.meta.name) gen \(object.meta.generation)"
        + " obs \(status.observedGeneration) spec \(object.spec.replicas)"
        + " replicas \(status.replicas) updated \(status.updatedReplicas)"
        + " ready \(status.readyReplicas) available \(status.availableReplicas)"
        + " \(conditions.joined(separator: " "))"
    case .replicaSet(let id, let set):
      return "rs r\(id.index + 1) spec \(set.spec.replicas) replicas \(set.status.replicas)"
        + " ready \(set.status.readyReplicas) available \(set.status.availableReplicas)"
    case .pod(let id, let view):
      let node = view.node.isNone ? "-" : world.nodes.rows[view.node.index].spec.name
      return "pod p\(id.raw) \(view.phase) node \(node) ready \(view.ready)"
        + " terminating \(view.terminating) gone \(view.gone)"
    case .node(let id, let view):
      return "node \(world.nodes.rows[id.index].spec.name) ready \(view.ready.rawValue)"
        + " taints \(view.spec.taints.map { "\($0.key):\($0.effect.raw)" })"
    default: return nil
    }
  }
}
