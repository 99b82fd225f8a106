/// What the parser, the help page and the completions know about one wrapped property.
struct Definition {
  enum Kind: Hashable { case positional, option, flag }

  enum Strategy: Hashable { case next, unconditional, upToNextOption, remaining }

  var kind: Kind
  /// Each name, and the word that a flag stands for when given under it.
  var names: [(name: Name, word: String)] = []
  var valueName: String
  var help: ArgumentHelp
  var strategy: Strategy = .next
  var isOptional: Bool
  var isRepeating = false
  var values: [String] = []
  var defaultText: String?
  var completion: CompletionKind = .default
  var group: String?
  var storage: any AnyStorage

  /// Whether help, completions and suggestions mention it.
  var isShown: Bool { help.visibility == .default }

  var longNames: [String] { names.filter { !$0.name.isShort }.map { $0.name.text } }

  /// `--output <format>`, `--quiet` or `<path>`, as messages name it.
  var title: String {
    let name = (names.first { !$0.name.isShort } ?? names.first)?.name.text
    return switch kind {
    case .positional: "<\(valueName)>"
    case .option: "\(name ?? "") <\(valueName)>"
    case .flag: name ?? ""
    }
  }
}

/// Where a property's value lives: read by the wrapper, written by the parser.
protocol AnyStorage: AnyObject {
  /// Takes one word.
  func accept(_ word: String) throws
  /// Whether the property has a value, given or by default.
  var hasValue: Bool { get }
  /// Whether the command line gave one.
  var isGiven: Bool { get }
}

/// The value of one wrapped property.
///
/// Written only while parsing, which is before anybody else sees the command, and through a wrapper
/// that owns it alone: hence safe to share.
final class Storage<Value>: AnyStorage, @unchecked Sendable {
  /// What was parsed, or else the default.
  var value: Value?
  private(set) var isGiven = false
  private let read: @Sendable (_ word: String, _ previous: Value?) throws -> Value

  init(
    default value: Value?,
    read: @escaping @Sendable (_ word: String, _ previous: Value?) throws -> Value
  ) {
    self.value = value
    self.read = read
  }

  var hasValue: Bool { value != nil }

  func accept(_ word: String) throws {
    value = try read(word, isGiven ? value : nil)
    isGiven = true
  }

  func copy() -> Storage {
    let copy = Storage(default: value, read: read)
    copy.isGiven = isGiven
    return copy
  }
}

/// A word that is not a value of the wanted type.
struct UnreadableValue: Error {
  /// Empty where the type does not say.
  var wanted: String
}

/// Something with definitions: the wrappers and the groups of them.
protocol ArgumentSource {
  func definitions(label: String) -> [Definition]
  func validate() throws
}

extension ArgumentSource {
  func validate() throws {}
}

/// The sources of a command, found by reflection over its wrapped properties.
func sources(of arguments: any ParsableArguments) -> [(label: String, source: any ArgumentSource)] {
  Mirror(reflecting: arguments).children.compactMap { label, value in
    guard let source = value as? any ArgumentSource else { return nil }
    let name = label ?? ""
    return (String(name.drop { $0 == "_" }), source)
  }
}

func definitions(of arguments: any ParsableArguments) -> [Definition] {
  sources(of: arguments).flatMap { $0.source.definitions(label: $0.label) }
}
