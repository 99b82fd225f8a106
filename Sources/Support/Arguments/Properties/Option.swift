/// A property that is given by name: `--output json`, `--output=json`, `-o json`, `-ojson`.
@propertyWrapper
public struct Option<Value> {
  private var storage: Storage<Value>
  private let definition: @Sendable (_ label: String, _ storage: any AnyStorage) -> Definition

  public var wrappedValue: Value {
    get {
      guard let value = storage.value else {
        preconditionFailure("an option is read before the command line was parsed")
      }
      return value
    }
    set {
      if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
      storage.value = newValue
    }
  }
}

extension Option: Sendable where Value: Sendable {}

extension Option: ArgumentSource {
  func definitions(label: String) -> [Definition] { [definition(label, storage)] }
}

extension Option {
  private init(
    storage: Storage<Value>, name: NameSpecification, strategy: Definition.Strategy,
    help: ArgumentHelp?, completion: CompletionKind?, isOptional: Bool, isRepeating: Bool = false,
    values: [String], defaultText: String?
  ) {
    self.storage = storage
    definition = { label, storage in
      let names = name.names(for: label)
      return Definition(
        kind: .option, names: names.map { ($0, "") },
        valueName: help?.valueName ?? names.firstLong ?? kebabCase(label), help: help ?? "",
        strategy: strategy,
        isOptional: isOptional, isRepeating: isRepeating, values: values, defaultText: defaultText,
        completion: completion ?? .default, storage: storage)
    }
  }

  private init(
    single value: Value?, name: NameSpecification, parsing: SingleValueParsingStrategy,
    help: ArgumentHelp?, completion: CompletionKind?, isOptional: Bool, values: [String] = [],
    defaultText: String?, read: @escaping @Sendable (String) throws -> Value
  ) {
    self.init(
      storage: Storage(default: value) { word, _ in try read(word) }, name: name,
      strategy: parsing == .next ? .next : .unconditional, help: help, completion: completion,
      isOptional: isOptional, values: values, defaultText: defaultText)
  }

  private init<Element>(
    array value: [Element]?, name: NameSpecification, parsing: ArrayParsingStrategy,
    help: ArgumentHelp?, completion: CompletionKind?, values: [String] = [], defaultText: String?,
    read: @escaping @Sendable (String) throws -> Element
  ) where Value == [Element] {
    let strategy: Definition.Strategy =
      switch parsing {
      case .singleValue: .next
      case .unconditionalSingleValue: .unconditional
      case .upToNextOption: .upToNextOption
      case .remaining: .remaining
      }
    self.init(
      storage: Storage(default: value) { word, previous in (previous ?? []) + [try read(word)] },
      name: name, strategy: strategy, help: help, completion: completion,
      isOptional: value != nil, isRepeating: true, values: values, defaultText: defaultText)
  }
}

// Values that one word expresses.
extension Option where Value: ExpressibleByArgument {
  /// An option with a default.
  public init(
    wrappedValue: Value, name: NameSpecification = .long,
    parsing: SingleValueParsingStrategy = .next, help: ArgumentHelp? = nil,
    completion: CompletionKind? = nil
  ) {
    self.init(
      single: wrappedValue, name: name, parsing: parsing, help: help, completion: completion,
      isOptional: true, values: Value.allValueStrings,
      defaultText: wrappedValue.defaultValueDescription, read: readWord)
  }

  /// An option that must be given.
  public init(
    name: NameSpecification = .long, parsing: SingleValueParsingStrategy = .next,
    help: ArgumentHelp? = nil, completion: CompletionKind? = nil
  ) {
    self.init(
      single: nil, name: name, parsing: parsing, help: help, completion: completion,
      isOptional: false, values: Value.allValueStrings, defaultText: nil, read: readWord)
  }
}

// Optional values and arrays of them.
extension Option {
  /// An option that may be absent.
  public init<Wrapped: ExpressibleByArgument>(
    wrappedValue: Wrapped? = nil, name: NameSpecification = .long,
    parsing: SingleValueParsingStrategy = .next, help: ArgumentHelp? = nil,
    completion: CompletionKind? = nil
  ) where Value == Wrapped? {
    self.init(
      single: .some(wrappedValue), name: name, parsing: parsing, help: help,
      completion: completion, isOptional: true, values: Wrapped.allValueStrings,
      defaultText: wrappedValue?.defaultValueDescription, read: { try readWord($0) as Wrapped })
  }

  /// An option with many values, and values for when it is not given.
  public init<Element: ExpressibleByArgument>(
    wrappedValue: [Element], name: NameSpecification = .long,
    parsing: ArrayParsingStrategy = .singleValue, help: ArgumentHelp? = nil,
    completion: CompletionKind? = nil
  ) where Value == [Element] {
    self.init(
      array: wrappedValue, name: name, parsing: parsing, help: help, completion: completion,
      values: Element.allValueStrings, defaultText: listText(wrappedValue), read: readWord)
  }

  /// An option with many values, of which one must be given.
  public init<Element: ExpressibleByArgument>(
    name: NameSpecification = .long, parsing: ArrayParsingStrategy = .singleValue,
    help: ArgumentHelp? = nil, completion: CompletionKind? = nil
  ) where Value == [Element] {
    self.init(
      array: nil, name: name, parsing: parsing, help: help, completion: completion,
      values: Element.allValueStrings, defaultText: nil, read: readWord)
  }
}

// Values that a function makes.
extension Option {
  /// An option with a default, whose word a function reads; what it throws is shown to the user.
  public init(
    wrappedValue: Value, name: NameSpecification = .long,
    parsing: SingleValueParsingStrategy = .next, help: ArgumentHelp? = nil,
    completion: CompletionKind? = nil, transform: @escaping @Sendable (String) throws -> Value
  ) {
    self.init(
      single: wrappedValue, name: name, parsing: parsing, help: help, completion: completion,
      isOptional: true, defaultText: "\(wrappedValue)", read: transform)
  }

  /// An option that must be given, whose word a function reads.
  public init(
    name: NameSpecification = .long, parsing: SingleValueParsingStrategy = .next,
    help: ArgumentHelp? = nil, completion: CompletionKind? = nil,
    transform: @escaping @Sendable (String) throws -> Value
  ) {
    self.init(
      single: nil, name: name, parsing: parsing, help: help, completion: completion,
      isOptional: false, defaultText: nil, read: transform)
  }

  /// An option that may be absent, whose word a function reads.
  public init<Wrapped>(
    wrappedValue: Wrapped? = nil, name: NameSpecification = .long,
    parsing: SingleValueParsingStrategy = .next, help: ArgumentHelp? = nil,
    completion: CompletionKind? = nil, transform: @escaping @Sendable (String) throws -> Wrapped
  ) where Value == Wrapped? {
    self.init(
      single: .some(wrappedValue), name: name, parsing: parsing, help: help,
      completion: completion, isOptional: true, defaultText: wrappedValue.map { "\($0)" },
      read: { try transform($0) })
  }

  /// An option with many values, of which one must be given, whose words a function reads.
  public init<Element>(
    name: NameSpecification = .long, parsing: ArrayParsingStrategy = .singleValue,
    help: ArgumentHelp? = nil, completion: CompletionKind? = nil,
    transform: @escaping @Sendable (String) throws -> Element
  ) where Value == [Element] {
    self.init(
      array: nil, name: name, parsing: parsing, help: help, completion: completion,
      defaultText: nil, read: transform)
  }

  /// An option with many values, whose words a function reads.
  public init<Element>(
    wrappedValue: [Element], name: NameSpecification = .long,
    parsing: ArrayParsingStrategy = .singleValue, help: ArgumentHelp? = nil,
    completion: CompletionKind? = nil, transform: @escaping @Sendable (String) throws -> Element
  ) where Value == [Element] {
    self.init(
      array: wrappedValue, name: name, parsing: parsing, help: help, completion: completion,
      defaultText: nil, read: transform)
  }
}
