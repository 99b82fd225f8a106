/// A property that is given by its place; `-` is an ordinary value, by custom standard input.
@propertyWrapper
public struct Argument<Value> {
  private var storage: Storage<Value>
  private let definition: @Sendable (_ label: String, _ storage: any AnyStorage) -> Definition

  public var wrappedValue: Value {
    get {
      guard let value = storage.value else {
        preconditionFailure("an argument is read before the command line was parsed")
      }
      return value
    }
    set {
      if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
      storage.value = newValue
    }
  }
}

extension Argument: Sendable where Value: Sendable {}

extension Argument: ArgumentSource {
  func definitions(label: String) -> [Definition] { [definition(label, storage)] }
}

extension Argument {
  private init(
    storage: Storage<Value>, help: ArgumentHelp?, completion: CompletionKind?,
    isOptional: Bool, isRepeating: Bool = false, values: [String], defaultText: String?
  ) {
    self.storage = storage
    definition = { label, storage in
      Definition(
        kind: .positional, valueName: help?.valueName ?? kebabCase(label), help: help ?? "",
        isOptional: isOptional, isRepeating: isRepeating, values: values,
        defaultText: defaultText, completion: completion ?? .default, storage: storage)
    }
  }
}

extension Argument where Value: ExpressibleByArgument {
  /// An argument with a default.
  public init(
    wrappedValue: Value, help: ArgumentHelp? = nil, completion: CompletionKind? = nil
  ) {
    self.init(
      storage: Storage(default: wrappedValue) { word, _ in try readWord(word) }, help: help,
      completion: completion, isOptional: true, values: Value.allValueStrings,
      defaultText: wrappedValue.defaultValueDescription)
  }

  /// An argument that must be given.
  public init(help: ArgumentHelp? = nil, completion: CompletionKind? = nil) {
    self.init(
      storage: Storage(default: nil) { word, _ in try readWord(word) }, help: help,
      completion: completion, isOptional: false, values: Value.allValueStrings, defaultText: nil)
  }
}

extension Argument {
  /// An argument that may be absent.
  public init<Wrapped: ExpressibleByArgument>(
    wrappedValue: Wrapped? = nil, help: ArgumentHelp? = nil, completion: CompletionKind? = nil
  ) where Value == Wrapped? {
    self.init(
      storage: Storage(default: .some(wrappedValue)) { word, _ in try readWord(word) as Wrapped },
      help: help, completion: completion, isOptional: true, values: Wrapped.allValueStrings,
      defaultText: wrappedValue?.defaultValueDescription)
  }

  /// All remaining arguments, and values for when there are none.
  public init<Element: ExpressibleByArgument>(
    wrappedValue: [Element], help: ArgumentHelp? = nil, completion: CompletionKind? = nil
  ) where Value == [Element] {
    self.init(
      storage: Storage(default: wrappedValue) { ($1 ?? []) + [try readWord($0)] }, help: help,
      completion: completion, isOptional: true, isRepeating: true,
      values: Element.allValueStrings, defaultText: listText(wrappedValue))
  }

  /// All remaining arguments, of which one must be given.
  public init<Element: ExpressibleByArgument>(
    help: ArgumentHelp? = nil, completion: CompletionKind? = nil
  ) where Value == [Element] {
    self.init(
      storage: Storage(default: nil) { ($1 ?? []) + [try readWord($0)] }, help: help,
      completion: completion, isOptional: false, isRepeating: true,
      values: Element.allValueStrings, defaultText: nil)
  }

  /// An argument that must be given, whose word a function reads.
  public init(
    help: ArgumentHelp? = nil, completion: CompletionKind? = nil,
    transform: @escaping @Sendable (String) throws -> Value
  ) {
    self.init(
      storage: Storage(default: nil) { word, _ in try transform(word) }, help: help,
      completion: completion, isOptional: false, values: [], defaultText: nil)
  }
}
