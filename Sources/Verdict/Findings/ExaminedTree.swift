public import ClusterAPI

/// One tree of manifests, as the rules of findings look at it: a plain value.
public struct ExaminedTree: Sendable {
  /// What the API server does not take.
  public struct Refusal: Hashable, Sendable {
    public var object: ObjectKey
    public var reason: String

    public init(_ object: ObjectKey, _ reason: String) {
      self.object = object
      self.reason = reason
    }
  }

  /// A field that no version of the kind has: the API server drops it, or refuses it under strict field
  /// validation.
  public struct UnknownField: Hashable, Sendable {
    public var object: ObjectKey
    /// Inside the object.
    public var path: String
    /// Where such a field exists, as far as that is known.
    public var hint: String?

    public init(_ object: ObjectKey, path: String, hint: String?) {
      self.object = object
      self.path = path
      self.hint = hint
    }
  }

  public var objects: [ClusterObject]
  public var refusals: [Refusal]
  public var unknownFields: [UnknownField]

  public init(
    objects: [ClusterObject], refusals: [Refusal] = [], unknownFields: [UnknownField] = []
  ) {
    self.objects = objects
    self.refusals = refusals
    self.unknownFields = unknownFields
  }

  public func object(_ key: ObjectKey) -> ClusterObject? { objects.first { $0.key == key } }

  /// Deployments, StatefulSets, DaemonSets, Jobs and single pods, in their order.
  public var workloads: [ExaminedWorkload] {
    objects.compactMap { ExaminedWorkload($0, in: self) }
  }
}
