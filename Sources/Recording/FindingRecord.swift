public import ClusterAPI
public import Units

/// What a rehearsal found, as it is shown and compared: plain values without the machinery behind them.
public struct FindingsRecord: Sendable {
  /// One finding of the manifests, with how it compares to those before the change.
  public struct Entry: Hashable, Sendable {
    /// Of the rule, such as `drain-blocked`; a page of `docs/findings` has its name.
    public var id: String
    /// The rule in a few words.
    public var title: String
    public var severity: Severity
    public var standing: Standing
    /// As kubectl writes it: `deployment/web`, `shop/deployment/web`.
    public var object: String
    /// A container, a port, a name referred to; may be empty.
    public var part: String
    /// Of the object; nil where no file holds it.
    public var place: SourceLocation?
    /// The template that it was rendered from, where Helm says so.
    public var template: String?
    /// One sentence with figures.
    public var message: String
    /// `always`, `memory over 128Mi`, ...
    public var condition: String
    /// The condition under which base has it; nil: it has not, or alike.
    public var before: String?
    /// The first bad instant, from the beginning of the change.
    public var at: Span?
    public var figures: [Figure] = []
    public var moments: [Moment] = []
    public var suggestion: Suggestion?
    /// Why it is accepted; nil: it is not.
    public var accepted: String?

    public init(
      id: String, title: String, severity: Severity, standing: Standing, object: String,
      part: String = "", message: String, condition: String = "always"
    ) {
      self.id = id
      self.title = title
      self.severity = severity
      self.standing = standing
      self.object = object
      self.part = part
      self.message = message
      self.condition = condition
    }
  }

  public enum Severity: String, Hashable, Sendable, CaseIterable {
    case error, warning, note
  }

  public enum Standing: String, Hashable, Sendable, CaseIterable {
    case new, worse, wasSoBefore, gone, better

    /// Whether the change brings it.
    public var isBrought: Bool { self == .new || self == .worse }
  }

  /// Such as `requests lost`, `12 of 4,800`.
  public struct Figure: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What happened, and when, from the beginning of the change.
  public struct Moment: Hashable, Sendable {
    public var at: Span
    public var words: String

    public init(_ at: Span, _ words: String) {
      self.at = at
      self.words = words
    }
  }

  /// A setting with which the finding is gone and no other comes: both were tried.
  public struct Suggestion: Hashable, Sendable {
    public var title: String
    /// The object that it changes.
    public var object: String
    public var place: SourceLocation?
    /// YAML, as a strategic merge patch of that object.
    public var patch: String

    public init(title: String, object: String, place: SourceLocation?, patch: String) {
      self.title = title
      self.object = object
      self.place = place
      self.patch = patch
    }
  }

  /// Where the change comes from, such as `origin/main`; nil: the manifests as they are.
  public var base: String?
  /// The most important first.
  public var entries: [Entry]
  /// Workloads that were looked at.
  public var workloads: Int

  public init(base: String?, entries: [Entry], workloads: Int) {
    self.base = base
    self.entries = entries
    self.workloads = workloads
  }

  /// Those that the change brings and nobody has accepted.
  public var brought: [Entry] { entries.filter { $0.standing.isBrought && $0.accepted == nil } }
}
