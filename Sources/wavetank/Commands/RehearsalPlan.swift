import ClusterAPI
import Harness
import Manifests
import Reporting

/// What a rehearsal changes, and which workloads it watches while it does.
struct RehearsalPlan {
  /// What runs before the change.
  var files: [(name: String, bytes: [UInt8])]
  var set: ManifestSet
  /// As they run before the change; new ones as it brings them.
  var workloads: [RehearsedWorkload]
  /// All that has to find room.
  var objects: [ClusterObject]
  /// What is to run after the change.
  var after: ManifestSet
  /// What the findings are compared with; nil: nothing.
  var before: (name: String, set: ManifestSet)?
  /// What is evaluated in each run.
  var rules = ManifestRules(files: [], besides: [])
  /// Those of `rules` that are not among the manifests, under the names that scenarios have for them.
  var ruleFiles: [(name: String, bytes: [UInt8])] = []
  /// What differs, where there are two trees.
  var trees: RehearsalReport.Trees?
  private var change: (ObjectKey) -> RehearsedChange
  private var words: (ObjectKey) -> String

  func change(of workload: RehearsedWorkload) -> RehearsedChange { change(workload.key) }
  func words(of workload: RehearsedWorkload) -> String { words(workload.key) }

  /// New images; the first one's Deployment is watched.
  init(
    files: [(name: String, bytes: [UInt8])], set: ManifestSet, images: [NewImage],
    deployment: Deployment
  ) {
    (self.files, self.set) = (files, set)
    workloads = [RehearsedWorkload(.deployment(deployment))].compactMap { $0 }
    objects = set.objects
    (after, before) = (set, ("the old image", set))
    for image in images { after = after.patched(image) ?? after }
    change = { _ in .images(images) }
    let words = images.map { image in
      let container = image.container.map { " (container \($0))" } ?? ""
      return "\(image.deployment.description)\(container) to \(image.image)"
    }.joined(separator: ", ")
    self.words = { _ in words }
  }

  /// A restart of everything.
  init(restarting set: ManifestSet, files: [(name: String, bytes: [UInt8])], limit: Int) {
    (self.files, self.set) = (files, set)
    (after, objects) = (set, set.objects)
    workloads = Array(set.objects.compactMap { RehearsedWorkload($0) }.prefix(limit))
    change = { _ in .restart(set.objects) }
    words = { "\($0.description): a restart of every workload" }
  }

  /// What differs between two trees.
  init(
    from base: (files: [(name: String, bytes: [UInt8])], set: ManifestSet), named name: String,
    to head: ManifestSet, prunes: Bool, limit: Int
  ) {
    (files, set) = base
    (after, before) = (head, (name, base.set))
    // What could not be read of it does not run.
    if base.set.hasErrors { files = [("base.yaml", Array(base.set.file.utf8))] }
    let difference = TreeChange(from: base.set, to: head, prunes: prunes)
    let all = RehearsalPlan.watched(difference, base.set, head)
    workloads = Array(all.prefix(limit))
    objects = RehearsalPlan.merged(base.set.objects, head.objects)
    change = { .apply(difference, for: $0) }
    words = { "\($0.description) in the change from \(name)" }
    var trees = RehearsalReport.Trees(difference, base: name, head: head, before: base.set)
    trees.leftOut += all.dropFirst(limit).map {
      "\($0.key.description): only the first \(limit) are; --workloads"
    }
    if all.isEmpty, !difference.isEmpty {
      trees.leftOut.append("no Deployment, StatefulSet or DaemonSet is changed by it")
    }
    self.trees = trees
  }

  /// Those with new pods first, those of which nothing runs before the change last.
  private static func watched(
    _ change: TreeChange, _ base: ManifestSet, _ head: ManifestSet
  ) -> [RehearsedWorkload] {
    let applied = change.objects.filter { $0.refusal == nil }
    let changed = applied.filter { $0.step == .changed }
    let old = (changed.filter(\.isRollout) + changed.filter { !$0.isRollout }).compactMap { one in
      base.objects.first { $0.key == one.key }.flatMap { RehearsedWorkload($0) }
    }
    let new = applied.filter { $0.step == .added }.compactMap { one in
      head.objects.first { $0.key == one.key }.flatMap { RehearsedWorkload($0, isNew: true) }
    }
    return old + new
  }

  /// Services that run before the change; workloads as they are to be, where they stay.
  private static func merged(
    _ base: [ClusterObject], _ head: [ClusterObject]
  ) -> [ClusterObject] {
    let later = head.filter { $0.kind != .service }
    let keys = Set(later.map(\.key))
    return base.filter { !keys.contains($0.key) } + later
  }
}

extension ManifestSet {
  /// With another image.
  fileprivate func patched(_ change: NewImage) -> ManifestSet? {
    guard
      let deployment = deployments.first(where: {
        ClusterObject.deployment($0).key == change.deployment
      }), let name = change.container ?? deployment.spec.template.spec.containers.first?.name
    else { return nil }
    return patched(
      change.deployment,
      by: .object([
        .init(
          "spec",
          .object([
            .init(
              "template",
              .object([
                .init(
                  "spec",
                  .object([
                    .init(
                      "containers",
                      .list([
                        .object([
                          .init("name", .string(name)), .init("image", .string(change.image)),
                        ])
                      ]))
                  ]))
              ]))
          ]))
      ]))
  }

  var deployments: [Deployment] {
    objects.compactMap { object in
      if case .deployment(let deployment) = object { deployment } else { nil }
    }
  }
}

extension RehearsalReport.Trees {
  init(_ change: TreeChange, base: String, head: ManifestSet, before: ManifestSet) {
    let references = References(of: head.objects, base: before.objects)
    let objects = change.objects.map { object in
      RehearsalReport.Trees.Object(
        name: object.key.description, step: "\(object.step)",
        place: object.template ?? object.location.description,
        fields: object.fields.map { $0.words(isSecret: object.key.kind == .secret) },
        effect: Self.effect(object, change, head), refusal: object.refusal)
    }
    var assumed = references.assumed.map {
      "\($0.target.description) (\($0.by.description))"
    }
    assumed += references.nodeLabels.map { "nodes with the label \($0)" }
    var warnings = before.counts.rejections.map {
      "\(base) has what the API server refuses, and it is taken not to run: "
        + "\($0.location.description): \($0.reason)"
    }
    warnings += references.lost.map {
      "\($0.by.description) refers to \($0.target.description), which \(base) has and the new "
        + "manifests have not"
    }
    self.init(
      base: base, objects: objects, assumed: assumed, warnings: warnings,
      leftOut: change.objects.compactMap(Self.leftOut))
  }

  private static func effect(
    _ object: TreeChange.Object, _ change: TreeChange, _ head: ManifestSet
  ) -> String? {
    switch object.step {
    case .removed:
      return change.prunes
        ? "pruned" : "left behind: kubectl apply deletes it only with --prune"
    case .changed where change.resets.contains(object.key):
      return "replicas is gone from the manifest: kubectl apply sets it to 1"
        + (object.isRollout ? "; new pods" : "")
    case .changed where object.key.kind == .configMap || object.key.kind == .secret:
      return reading(object.key, change, head)
    case .changed: return object.isRollout ? "new pods" : nil
    case .added: return nil
    }
  }

  /// Whether the pods that read a ConfigMap or a Secret are replaced.
  private static func reading(
    _ key: ObjectKey, _ change: TreeChange, _ head: ManifestSet
  ) -> String? {
    let readers = References.readers(of: key, in: head.objects)
    if readers.isEmpty { return nil }
    let replaced = change.applied.filter(\.isRollout).map(\.key)
    return "read by "
      + readers.map {
        "\($0.description), "
          + (replaced.contains($0) ? "which has new pods" : "whose pods are not replaced by it")
      }.joined(separator: "; ")
  }

  private static func leftOut(_ object: TreeChange.Object) -> String? {
    guard object.key.kind == .job, object.step == .added else { return nil }
    return "\(object.key.description): it is applied along, with no situations of its own"
  }
}

extension ClusterObject {
  /// Whether it is a workload.
  var makesPods: Bool {
    switch self {
    case .deployment, .statefulSet, .daemonSet, .job, .pod: true
    default: false
    }
  }
}
