/// The properties of another type as if they stood here: what several commands share.
@propertyWrapper
public struct OptionGroup<Value: ParsableArguments> {
  public var wrappedValue: Value
  private let title: String

  /// - Parameter title: the heading of these properties in the help page; empty: none of their own.
  public init(title: String = "") {
    wrappedValue = Value()
    self.title = title
  }
}

extension OptionGroup: Sendable where Value: Sendable {}

extension OptionGroup: ArgumentSource {
  func definitions(label: String) -> [Definition] {
    Arguments.definitions(of: wrappedValue).map { definition in
      var definition = definition
      if !title.isEmpty { definition.group = title }
      return definition
    }
  }

  func validate() throws {
    var value = wrappedValue
    for (_, source) in sources(of: value) { try source.validate() }
    try value.validate()
  }
}
