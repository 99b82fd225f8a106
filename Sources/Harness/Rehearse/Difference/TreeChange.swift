public import ClusterAPI
import Control
public import Manifests

/// What `kubectl apply` of one tree of manifests does to a cluster that runs another.
public struct TreeChange: Sendable {
  public enum Step: Hashable, Sendable { case added, changed, removed }

  /// An object that the trees do not have alike.
  public struct Object: Sendable {
    public var key: ObjectKey
    public var step: Step
    /// Of a changed one.
    public var fields: [FieldDifference] = []
    /// Why the API server refuses it, in its words or those of a diagnostic: what is there stays as it
    /// was.
    public var refusal: String?
    /// In head; of a removed one in base.
    public var location: SourceLocation
    /// What it was rendered from, where Helm says so.
    public var template: String?
    /// Whether its pods are replaced: the template is another.
    public var isRollout = false
    /// Whether an image is another, so that new pods can be told from old ones by it.
    public var newImage: String?
    /// What is applied; nil of a removed one.
    var document: DocumentValue?
    /// What was applied before; nil of an added one.
    var previous: DocumentValue?
  }

  /// In the order in which they are applied; removed ones last, in the opposite order.
  public private(set) var objects: [Object] = []
  /// Whether removed objects are deleted; else they are left behind.
  public let prunes: Bool

  public init(from base: ManifestSet, to head: ManifestSet, prunes: Bool) {
    self.prunes = prunes
    var old: [ObjectKey: Int] = [:]
    for (index, entry) in base.entries.enumerated() { old[entry.object.key] = index }
    var new: [ObjectKey: Int] = [:]
    for (index, entry) in head.entries.enumerated() { new[entry.object.key] = index }
    var rejected: [ObjectKey: ManifestCounts.Rejection] = [:]
    for rejection in head.counts.rejections {
      if let key = rejection.key, !key.name.isEmpty, new[key] == nil { rejected[key] = rejection }
    }
    for key in ApplyOrder.sorted(Array(new.keys) + Array(rejected.keys)) {
      if let rejection = rejected[key] {
        objects.append(
          Object(
            key: key, step: old[key] == nil ? .added : .changed, refusal: rejection.reason,
            location: rejection.location))
      }
      guard let index = new[key] else { continue }
      let entry = head.entries[index]
      if let before = old[key] {
        let change = TreeChange.changed(base, before, to: head, index)
        if let change { objects.append(change) }
      } else {
        objects.append(
          Object(
            key: key, step: .added, location: entry.location, template: entry.template,
            isRollout: true,
            document: head.document(index)))
      }
    }
    for key in ApplyOrder.sorted(Array(old.keys)).reversed()
    where new[key] == nil && rejected[key] == nil {
      guard let index = old[key] else { continue }
      objects.append(
        Object(
          key: key, step: .removed, location: base.entries[index].location,
          template: base.entries[index].template))
    }
  }

  private static func changed(
    _ base: ManifestSet, _ before: Int, to head: ManifestSet, _ after: Int
  ) -> Object? {
    let (old, new) = (base.entries[before].object, head.entries[after].object)
    let fields = FieldDifference.between(base.document(before), head.document(after)).filter {
      !$0.path.hasPrefix("status") && !$0.path.hasPrefix("metadata.creationTimestamp")
    }
    if fields.isEmpty { return nil }
    var object = Object(
      key: new.key, step: .changed, fields: fields, location: head.entries[after].location,
      template: head.entries[after].template,
      document: head.document(after))
    object.previous = base.document(before)
    object.refusal = UpdateRules.objection(old, to: new)
    if let from = old.podTemplate, let to = new.podTemplate, object.refusal == nil {
      object.isRollout = from != to
      object.newImage = newImage(from.spec, to.spec)
    }
    // A value that the last applied manifest had and this one has not becomes the default.
    if old.declaresReplicas, !new.declaresReplicas {
      object.document = object.document?.setting("spec", "replicas", .integer(1))
    }
    return object
  }

  /// Of the first container that has another one which no old container has.
  private static func newImage(_ old: PodSpec, _ new: PodSpec) -> String? {
    let known = old.containers.map(\.image)
    return new.containers.map(\.image).first { !known.contains($0) }
  }

  public var isEmpty: Bool { objects.isEmpty }
  /// Those that are created or updated.
  public var applied: [Object] {
    objects.filter { $0.step != .removed && $0.refusal == nil }
  }
  public var refused: [Object] { objects.filter { $0.refusal != nil } }
  public var deleted: [ObjectKey] {
    prunes ? objects.filter { $0.step == .removed }.map(\.key) : []
  }
  public var leftBehind: [ObjectKey] {
    prunes ? [] : objects.filter { $0.step == .removed }.map(\.key)
  }
  /// Objects whose manifest has lost its `replicas`: they go to one pod, whatever an autoscaler wants.
  public var resets: [ObjectKey] {
    applied.filter { object in
      object.fields.contains { $0.path == "spec.replicas" && $0.after == nil }
    }.map(\.key)
  }

  /// What is applied, as one file of JSON documents.
  public var file: String { TreeChange.file(applied) }

  static func previousFile(_ objects: [Object]) -> String {
    objects.compactMap { $0.previous?.json }.joined(separator: "\n---\n") + "\n"
  }

  static func file(_ objects: [Object]) -> String {
    objects.compactMap { $0.document?.json }.joined(separator: "\n---\n") + "\n"
  }
}

extension ClusterObject {
  /// Of the workloads that make pods from one.
  var podTemplate: PodTemplate? {
    switch self {
    case .deployment(let object): object.spec.template
    case .statefulSet(let object): object.template
    case .daemonSet(let object): object.template
    case .job(let object): object.template
    case .replicaSet(let object): object.spec.template
    case .pod(let pod): PodTemplate(labels: pod.meta.labels, spec: pod.spec)
    default: nil
    }
  }

  fileprivate var declaresReplicas: Bool {
    switch self {
    case .deployment(let object): object.spec.declaresReplicas
    case .statefulSet(let object): object.declaresReplicas
    default: false
    }
  }
}

extension DocumentValue {
  /// The same with another value of a field of a mapping in it.
  fileprivate func setting(_ outer: String, _ key: String, _ value: DocumentValue) -> Self {
    guard case .object(var fields) = self,
      let index = fields.firstIndex(where: { $0.key == outer }),
      case .object(var inner) = fields[index].value
    else { return self }
    inner.removeAll { $0.key == key }
    inner.append(.init(key, value))
    fields[index].value = .object(inner)
    return .object(fields)
  }
}
