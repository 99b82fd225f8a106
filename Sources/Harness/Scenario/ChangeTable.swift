import ClusterAPI
import Manifests
import Units
import World
import YAML

/// `spec.change`: what the user does.
enum ChangeTable {
  struct Draft: Sendable {
    var at = Span.zero
    var changes: [Change] = []
    /// Whether all manifests that it applies could be read.
    var hasAllObjects = true
  }

  /// The keys below a verb.
  private struct Target: Sendable {
    var kind: Kind?
    var name = ""
    var namespace = "default"
    var container: String?
    var image = ""
    var replicas = 0

    var node = ""

    var key: ObjectKey {
      let kind = kind ?? .deployment
      return ObjectKey(kind, namespace: kind == .priorityClass ? "" : namespace, name: name)
    }
  }

  private static let verbs = [
    "setImage", "apply", "scale", "restart", "undo", "pause", "resume", "delete", "cordon",
    "uncordon", "drain", "deleteNode",
  ]

  /// One change, or a list of them.
  static func codec(_ source: ScenarioSource) -> Codec<[Draft]> {
    let single = Codec.object(Draft(), table(source)) { draft, node, reading in
      let keys = node.mapping?.compactMap(\.key.keyText) ?? []
      if draft.changes.isEmpty, keys.allSatisfy({ $0 == "at" }) {
        reading.report(
          .error, at: node, "changes nothing",
          remedy: "write one of \(ChangeTable.verbs.joined(separator: ", "))")
      }
    }
    return Codec(shape: .either([single.shape, .list(single.shape)])) { node, reading in
      if node.sequence != nil { return Codec<[Draft]>.list(of: single).read(node, &reading) }
      return single.read(node, &reading).map { [$0] }
    }
  }

  private static func table(_ source: ScenarioSource) -> Table<Draft> {
    Table {
      $0.key("at", \.at, .span, required: true, "when, from the scenario's start")
      verb(
        "setImage", "gives a container another image, as `kubectl set image` does", rolled, &$0,
        also: {
          $0.key("container", \.container, .string, "default the first one")
          $0.key("image", \.image, .string, required: true, "the new image")
        }
      ) { .setImage($0.key, container: $0.container, image: $0.image) }
      verb(
        "scale", "changes the number of pods, as `kubectl scale` does",
        [.deployment, .statefulSet], &$0,
        also: { $0.key("replicas", \.replicas, .count, required: true, "pods wanted") }
      ) { .scale($0.key, replicas: $0.replicas) }
      verb("restart", "replaces every pod, as `kubectl rollout restart` does", rolled, &$0) {
        .restart($0.key)
      }
      verb(
        "undo", "goes back to the revision before, as `kubectl rollout undo` does", rolled, &$0
      ) { .undo($0.key) }
      verb("pause", "as `kubectl rollout pause` does", [.deployment], &$0) { .pause($0.key, true) }
      verb("resume", "as `kubectl rollout resume` does", [.deployment], &$0) {
        .pause($0.key, false)
      }
      verb(
        "delete", "deletes the object and what belongs to it, as `kubectl delete` does",
        deletable.map(\.kind), &$0
      ) { .delete($0.key) }
      nodeVerb("cordon", "lets no new pods come, as `kubectl cordon` does", &$0, .cordon(true))
      nodeVerb("uncordon", "as `kubectl uncordon` does", &$0, .cordon(false))
      nodeVerb(
        "drain", "evicts its pods, as `kubectl drain --ignore-daemonsets` does, for ever", &$0,
        .drain)
      nodeVerb("deleteNode", "deletes the node's object", &$0, .delete)
      $0.custom(
        "apply", documentation: "files or documents, as `kubectl apply` takes them",
        shape: ManifestsCodec.objects(source).shape
      ) { draft, node, reading in
        let errors = reading.errorCount
        let objects = ManifestsCodec.objects(source).read(node, &reading) ?? []
        draft.hasAllObjects = reading.errorCount == errors
        draft.changes += objects.map { .apply($0) }
      }
    }
  }

  private static func nodeVerb(
    _ name: String, _ documentation: String, _ table: inout Table<Draft>, _ work: NodeWork
  ) {
    let keys = Table<Target> {
      $0.key("node", \.node, .string, required: true, "its name")
    }
    table.custom(name, documentation: documentation, shape: keys.shape) { draft, node, reading in
      var target = Target()
      reading.read(node, into: &target, by: keys)
      draft.changes.append(.node(.named(target.node), work))
    }
  }

  /// Every kind that has a table, under the field that names an object of it: but for namespaces, whose
  /// field has another meaning here, and nodes, which have a verb of their own.
  private static let deletable: [(field: String, kind: Kind)] =
    EndStateTable.workloads
    + KindCatalog.kinds.map(\.kind).filter { kind in
      kind != .namespace && kind != .node && !EndStateTable.workloads.contains { $0.kind == kind }
    }.map { ($0.name.prefix(1).lowercased() + $0.name.dropFirst(), $0) }

  /// nil: objects of the kind do nothing in a run.
  static func field(of kind: Kind) -> String? { deletable.first { $0.kind == kind }?.field }

  /// Kinds that keep revisions.
  private static let rolled: [Kind] = [.deployment, .statefulSet, .daemonSet]

  private static func verb(
    _ name: String, _ documentation: String, _ kinds: [Kind], _ table: inout Table<Draft>,
    also: (inout Table<Target>) -> Void = { _ in },
    _ change: @escaping @Sendable (Target) -> Change
  ) {
    let fields = deletable.filter { kinds.contains($0.kind) }
    let keys = Table<Target> {
      for (field, kind) in fields {
        $0.custom(
          field, documentation: fields.count > 1 ? "its name; one of these" : "its name",
          shape: .string
        ) { target, node, reading in
          Codec.string.read(node, &reading).map {
            target.kind = kind
            target.name = $0
          }
        }
      }
      $0.key("namespace", \.namespace, .string, "default `default`")
      also(&$0)
    }
    table.custom(name, documentation: documentation, shape: keys.shape) { draft, node, reading in
      var target = Target()
      let errors = reading.errorCount
      reading.read(node, into: &target, by: keys)
      if target.kind == nil, reading.errorCount == errors {
        reading.report(
          .error, at: node, "does not say what is meant",
          remedy: "add \(fields.map { "`\($0.field):`" }.joined(separator: " or "))")
      }
      draft.changes.append(change(target))
    }
  }
}
