import ClusterAPI
public import Units
public import World

/// What a scenario writes for a fault besides its kind and its times.
public struct FaultParameter: Sendable {
  public enum Form: Sendable {
    /// An image name; `*` stands for any characters.
    case image
    /// A name of an object.
    case name
    /// A length of time such as `5s`.
    case span
    /// A share from 0 to 1.
    case share
    /// How many times as much, above 0.
    case factor
    /// A whole number, at least 0.
    case count
    /// A number in a row that is counted from 0.
    case index
    /// An amount of memory such as `2Mi`.
    case bytes
  }

  public var name: String
  public var form: Form
  public var isRequired: Bool
  public var documentation: String

  public init(_ name: String, _ form: Form, required: Bool = true, _ documentation: String) {
    self.name = name
    self.form = form
    isRequired = required
    self.documentation = documentation
  }
}

/// The values that a scenario gives to a fault's parameters, already checked against their forms.
public struct FaultValues: Sendable {
  public enum Value: Hashable, Sendable {
    case text(String)
    case span(Span)
    case ratio(Ratio)
    case count(Int)
    case bytes(Bytes)
  }

  private var values: SortedMap<Value> = [:]

  public init() {}

  public subscript(name: String) -> Value? {
    get { values[name] }
    set { values[name] = newValue }
  }

  public func text(_ name: String) -> String {
    if case .text(let value)? = values[name] { value } else { "" }
  }

  public func span(_ name: String) -> Span {
    if case .span(let value)? = values[name] { value } else { .zero }
  }

  public func ratio(_ name: String) -> Ratio {
    if case .ratio(let value)? = values[name] { value } else { .zero }
  }

  public func count(_ name: String) -> Int? {
    if case .count(let value)? = values[name] { value } else { nil }
  }

  public func bytes(_ name: String) -> Bytes {
    if case .bytes(let value)? = values[name] { value } else { .zero }
  }
}

/// Something that goes wrong on purpose; compiles to disturbances of the world.
public protocol Fault: Sendable {
  /// The word of a scenario's `kind`.
  static var kind: String { get }
  static var parameters: [FaultParameter] { get }

  init(_ values: FaultValues)

  /// What begins it.
  var begin: [Disturbance] { get }
  /// What ends it, after the fault's `for`; empty for what cannot be taken back.
  var end: [Disturbance] { get }
}

extension Fault {
  public var end: [Disturbance] { [] }
}
