/// A property that is set by naming it: `--quiet`, `-q`, or one of a pair `--color`/`--no-color`.
@propertyWrapper
public struct Flag<Value> {
  private var storage: Storage<Value>
  private let definition: @Sendable (_ label: String, _ storage: any AnyStorage) -> Definition

  public var wrappedValue: Value {
    get {
      guard let value = storage.value else {
        preconditionFailure("a flag is read before the command line was parsed")
      }
      return value
    }
    set {
      if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
      storage.value = newValue
    }
  }
}

extension Flag: Sendable where Value: Sendable {}

extension Flag: ArgumentSource {
  func definitions(label: String) -> [Definition] { [definition(label, storage)] }
}

/// How the opposite of a flag is called.
public enum FlagInversion: Sendable, Hashable {
  /// `--color` and `--no-color`.
  case prefixedNo
  /// `--enable-color` and `--disable-color`.
  case prefixedEnableDisable

  fileprivate func names(_ specification: NameSpecification, label: String) -> [(Name, String)] {
    let names = specification.names(for: label)
    func prefixed(_ prefix: String) -> [Name] {
      names.compactMap { if case .long(let name) = $0 { .long(prefix + name) } else { nil } }
    }
    return switch self {
    case .prefixedNo: names.map { ($0, "true") } + prefixed("no-").map { ($0, "false") }
    case .prefixedEnableDisable:
      names.filter(\.isShort).map { ($0, "true") } + prefixed("enable-").map { ($0, "true") }
        + prefixed("disable-").map { ($0, "false") }
    }
  }
}

extension Flag where Value == Bool {
  /// A flag that is off until named (or on, with `wrappedValue: true`: then naming keeps it on).
  public init(
    wrappedValue: Bool, name: NameSpecification = .long, help: ArgumentHelp? = nil
  ) {
    storage = Storage(default: wrappedValue) { _, _ in true }
    definition = { label, storage in
      Definition(
        kind: .flag, names: name.names(for: label).map { ($0, "true") }, valueName: "",
        help: help ?? "", isOptional: true, storage: storage)
    }
  }

  /// A flag with an opposite; the last one named wins.
  public init(
    wrappedValue: Bool, name: NameSpecification = .long, inversion: FlagInversion,
    help: ArgumentHelp? = nil
  ) {
    storage = Storage(default: wrappedValue) { word, _ in word == "true" }
    definition = { label, storage in
      let names = inversion.names(name, label: label)
      let shown = names.first { !$0.0.isShort && $0.1 == (wrappedValue ? "true" : "false") }
      return Definition(
        kind: .flag, names: names, valueName: "", help: help ?? "", isOptional: true,
        defaultText: shown?.0.text, storage: storage)
    }
  }
}

extension Flag where Value == Bool? {
  /// A flag with an opposite, of which neither may be named.
  public init(
    wrappedValue: Bool? = nil, name: NameSpecification = .long, inversion: FlagInversion,
    help: ArgumentHelp? = nil
  ) {
    storage = Storage(default: .some(wrappedValue)) { word, _ in word == "true" }
    definition = { label, storage in
      Definition(
        kind: .flag, names: inversion.names(name, label: label), valueName: "", help: help ?? "",
        isOptional: true, storage: storage)
    }
  }
}

extension Flag where Value == Int {
  /// A flag that counts how often it is named: `-vvv` is three.
  public init(name: NameSpecification = .long, help: ArgumentHelp? = nil) {
    storage = Storage(default: 0) { _, previous in (previous ?? 0) + 1 }
    definition = { label, storage in
      Definition(
        kind: .flag, names: name.names(for: label).map { ($0, "") }, valueName: "",
        help: help ?? "", isOptional: true, isRepeating: true, storage: storage)
    }
  }
}
