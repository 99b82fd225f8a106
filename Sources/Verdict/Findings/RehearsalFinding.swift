public import ClusterAPI
public import Units

/// What would go wrong with one object, under which condition, and what helps.
public struct RehearsalFinding: Hashable, Sendable {
  public enum Severity: Int, Hashable, Comparable, Sendable, CaseIterable {
    /// A bound that the settings draw; whether it is ever reached is not in the manifests.
    case note
    /// Goes wrong in a circumstance that comes, such as a drain or a restart.
    case warning
    /// Goes wrong whenever the manifests are applied.
    case error

    public static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }

    public var word: String {
      switch self {
      case .note: "note"
      case .warning: "warning"
      case .error: "error"
      }
    }
  }

  /// Of the rule.
  public var id: String
  public var severity: Severity
  public var object: ObjectKey
  /// Which part of it: a container, a port, a name that it refers to. Two findings are the same one when
  /// id, object and part are.
  public var part: String
  /// One sentence with figures.
  public var message: String
  public var condition: FindingCondition
  /// The first bad instant, from the beginning of the change; nil where none was run.
  public var at: Span?
  /// Such as 12 requests lost.
  public var figures: [Figure] = []
  /// What happened, in the order of time.
  public var moments: [Moment] = []
  /// Settings that may help, the best one first; each is tried before it is suggested.
  public var remedies: [Remedy] = []

  public struct Figure: Hashable, Sendable {
    public var name: String
    /// With its unit.
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public struct Moment: Hashable, Sendable {
    /// From the beginning of the change.
    public var at: Span
    public var words: String

    public init(_ at: Span, _ words: String) {
      self.at = at
      self.words = words
    }
  }

  public init(
    id: String, severity: Severity, object: ObjectKey, part: String = "", message: String,
    condition: FindingCondition = .always
  ) {
    self.id = id
    self.severity = severity
    self.object = object
    self.part = part
    self.message = message
    self.condition = condition
  }

  /// Tells it from others of the same tree.
  public struct Identity: Hashable, Sendable {
    public var id: String
    public var object: ObjectKey
    public var part: String
    public var quantity: AssumedQuantity?
  }

  public var identity: Identity {
    Identity(id: id, object: object, part: part, quantity: condition.quantity)
  }
}

/// When a finding holds.
public enum FindingCondition: Hashable, Sendable {
  case always
  /// Something that the manifests do not tell: `if ...`, `unless ...`.
  case when(String)
  /// From this value of an assumed quantity on; in its unit.
  case above(AssumedQuantity, Int64)

  public var quantity: AssumedQuantity? {
    if case .above(let quantity, _) = self { quantity } else { nil }
  }

  public var words: String {
    switch self {
    case .always: "always"
    case .when(let words): words
    case .above(let quantity, let value): quantity.words(value)
    }
  }
}

/// A setting, as a patch of the object's own manifest (strategic merge: elements of lists are found by
/// their names; null removes).
public struct Remedy: Hashable, Sendable {
  /// What it does, in a few words.
  public var title: String
  /// The object that it changes; another one than the finding's where that is the place.
  public var object: ObjectKey
  public var patch: DocumentValue

  public init(_ title: String, _ object: ObjectKey, _ patch: DocumentValue) {
    self.title = title
    self.object = object
    self.patch = patch
  }

  /// A patch of the pod template's container; a CronJob's is not reached.
  public static func container(
    _ title: String, _ object: ObjectKey, _ name: String, _ fields: [DocumentValue.Field]
  ) -> Remedy {
    pod(
      title, object,
      [
        .init(
          "containers", .list([.object([.init("name", .string(name))] + fields)]))
      ])
  }

  /// A patch of the pod template's spec.
  public static func pod(
    _ title: String, _ object: ObjectKey, _ fields: [DocumentValue.Field]
  ) -> Remedy {
    spec(title, object, [.init("template", .object([.init("spec", .object(fields))]))])
  }

  /// A patch of the spec.
  public static func spec(
    _ title: String, _ object: ObjectKey, _ fields: [DocumentValue.Field]
  ) -> Remedy {
    Remedy(title, object, .object([.init("spec", .object(fields))]))
  }
}
