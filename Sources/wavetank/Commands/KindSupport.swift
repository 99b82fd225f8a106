import ClusterAPI
import Manifests

/// What a run makes of the objects of a kind.
enum KindSupport: Equatable {
  /// They act.
  case simulated
  /// They are rules, which are evaluated while a run goes on.
  case evaluated
  /// They are read, checked and kept, and compared after a rollback, but do nothing.
  case notActedOn(effect: String)
  /// They are kept as they are written.
  case notSimulated

  init(_ kind: Kind) {
    if KindSupport.acting.contains(kind) {
      self = .simulated
    } else if kind.name == RuleReader.kind {
      self = .evaluated
    } else if let effect = KindSupport.effects.first(where: { $0.kind == kind })?.effect {
      self = .notActedOn(effect: effect)
    } else {
      self = .notSimulated
    }
  }

  static let acting: [Kind] = [
    .daemonSet, .deployment, .horizontalPodAutoscaler, .job, .limitRange, .namespace, .pod,
    .podDisruptionBudget, .priorityClass, .resourceQuota, .service, .statefulSet,
  ]

  /// What a run is without for each kind, as whoever runs the cluster would say it.
  static let effects: [(kind: Kind, effect: String)] = [
    (.configMap, "its content changes nothing in a run; compared after a rollback"),
    (.node, "the nodes are those of the scenario's nodePools; a rehearsal infers them"),
    (.persistentVolumeClaim, "counts as bound: no pod waits for its volume"),
    (.replicaSet, "not run unless a Deployment makes it; write a Deployment"),
    (.secret, "its content changes nothing in a run; compared after a rollback"),
  ]
}

/// Objects by what becomes of them, each group by kind in order of the names.
struct KindGroups {
  typealias Count = (name: String, count: Int)

  var simulated: [Count] = []
  var evaluated: [Count] = []
  var notActedOn: [(name: String, count: Int, effect: String)] = []
  var notSimulated: [Count] = []

  /// - Parameters:
  ///   - read: objects of kinds that have a table, by the kinds' names.
  ///   - others: the other objects, by the kinds' names.
  init(read: [String: Int], others: [String: Int]) {
    let kinds = KindSupport.acting + KindSupport.effects.map(\.kind) + [Kind(RuleReader.kind)]
    for (name, count) in read.sorted(by: { $0.key < $1.key }) {
      switch kinds.first(where: { $0.name == name }).map(KindSupport.init) ?? .notSimulated {
      case .simulated: simulated.append((name, count))
      case .evaluated: evaluated.append((name, count))
      case .notActedOn(let effect): notActedOn.append((name, count, effect))
      case .notSimulated: notSimulated.append((name, count))
      }
    }
    notSimulated += others.map { ($0.key, $0.value) }
    notSimulated.sort { $0.name < $1.name }
  }

  /// A line for each group that is not empty, and one for each kind that is not acted on.
  var lines: [String] {
    var lines = ["simulated: \(KindGroups.list(simulated))"]
    if !evaluated.isEmpty { lines.append("evaluated: \(KindGroups.list(evaluated))") }
    if !notActedOn.isEmpty { lines.append("read, but not yet acted on:") }
    lines += notActedOn.map { "  \($0.name) \($0.count): \($0.effect)" }
    if !notSimulated.isEmpty {
      lines.append(
        "not simulated, kept as written without effect on a run: \(KindGroups.list(notSimulated))")
    }
    return lines
  }

  static func list(_ parts: [Count]) -> String {
    parts.isEmpty ? "none" : parts.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
  }
}
