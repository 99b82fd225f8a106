import Chaos
import ClusterAPI
import Manifests
import Verdict
import YAML

/// `expect.atEnd`
enum EndStateTable {
  struct Draft: Sendable {
    var name = ""
    var kind: Kind?
    var node: String?
    var namespace = "default"
    var state = Expectation.EndState(.node(""))
  }

  /// Fields that name the workload, and its kind.
  static let workloads = PodTargets.workloads

  static let codec = Codec<[Expectation.EndState]>.list(
    of: Codec<Draft>.object(Draft(), table) { draft, node, reading in
      if draft.kind == nil, draft.node == nil {
        let fields = workloads.map(\.field).joined(separator: ", ")
        reading.report(
          .error, at: node, "does not say whose pods are meant",
          remedy: "add one of \(fields), node")
      }
    }.map { draft, _, _ in
      var state = draft.state
      if let kind = draft.kind {
        state.subject = .workload(ObjectKey(kind, namespace: draft.namespace, name: draft.name))
      } else {
        state.subject = .node(draft.node ?? "")
      }
      return state
    })

  private static let bound = Codec<Expectation.EndState.Bound>(
    shape: .either([.integer(minimum: 0, maximum: nil), bounds.shape])
  ) { node, reading in
    if node.mapping == nil {
      return Codec<Int>.count.read(node, &reading).map { .init(least: $0, most: $0) }
    }
    var bound = Expectation.EndState.Bound()
    reading.read(node, into: &bound, by: bounds)
    return bound
  }

  private static let bounds = Table<Expectation.EndState.Bound> {
    $0.key("atLeast", \.least, .count, "least number")
    $0.key("atMost", \.most, .count, "greatest number")
  }

  private static let table = Table<Draft> {
    for (field, kind) in workloads {
      $0.custom(field, documentation: "whose pods are counted: its name", shape: .string) {
        draft, node, reading in
        Codec.string.read(node, &reading).map { name in
          draft.kind = kind
          draft.name = name
        }
      }
    }
    $0.key("namespace", \.namespace, .string, "of the workload; default `default`")
    $0.custom(
      "node", documentation: "pods of any workload on this node", shape: .string
    ) { draft, node, reading in
      Codec.string.read(node, &reading).map { draft.node = $0 }
    }
    for count in Expectation.EndState.Count.allCases {
      $0.custom(
        count.rawValue, documentation: count.documentation, shape: bound.shape
      ) { draft, node, reading in
        bound.read(node, &reading).map { draft.state.counts.append((count, $0)) }
      }
    }
    $0.key(
      "conditions", \.state.conditions, .labels,
      "reasons of the conditions of a Deployment or a Job, by their types")
  }
}

extension Expectation.EndState.Count {
  fileprivate var documentation: String {
    switch self {
    case .pods: "pods that are there and not being deleted: a number, or atLeast and atMost"
    case .ready: "of these, ready"
    case .pending: "of these, on no node"
    case .terminating: "pods that are being deleted"
    case .refusedEvictions: "evictions that the API refused: a disruption budget was in the way"
    case .preempted: "pods that the scheduler deleted to make room for others"
    case .updated: "pods of the present template, as the workload's status says"
    }
  }
}
