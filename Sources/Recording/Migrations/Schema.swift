import SQLite

/// Every step of the schema, in the order in which they apply.
enum Schema {
  static let migrations: [Migration] = [
    .initialSchema, .scenariosByName, .interruptedSuites,
  ]
}
