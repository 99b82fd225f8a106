/// Reads one word as a value.
@Sendable func readWord<Value: ExpressibleByArgument>(_ word: String) throws -> Value {
  guard let value = Value(argument: word) else { throw UnreadableValue(wanted: Value.wantedValue) }
  return value
}

/// A list of default values as the help page shows it; nil where it is empty.
func listText<Element: ExpressibleByArgument>(_ values: [Element]) -> String? {
  values.isEmpty ? nil : values.map(\.defaultValueDescription).joined(separator: ", ")
}
