import ClusterAPI
import Manifests

/// `judged`
enum JudgedTable {
  /// Fields that name a workload whose rollout can be judged, and its kind.
  static let workloads = EndStateTable.workloads.filter {
    RehearsedWorkload.kinds.contains($0.kind)
  }

  private struct Draft: Sendable {
    var kind: Kind?
    var name = ""
    var namespace = "default"
  }

  static let codec = Codec<[ObjectKey]>.list(
    of: Codec<Draft>.object(Draft(), table) { draft, node, reading in
      if draft.kind == nil {
        reading.report(
          .error, at: node, "does not say which workload is meant",
          remedy: "add one of \(workloads.map(\.field).joined(separator: ", "))")
      }
    }.map { draft, _, _ in
      ObjectKey(draft.kind ?? .deployment, namespace: draft.namespace, name: draft.name)
    })

  private static let table = Table<Draft> {
    for (field, kind) in workloads {
      $0.custom(field, documentation: "its name", shape: .string) { draft, node, reading in
        Codec.string.read(node, &reading).map {
          draft.kind = kind
          draft.name = $0
        }
      }
    }
    $0.key("namespace", \.namespace, .string, "default `default`")
  }
}
