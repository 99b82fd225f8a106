import SQLite

extension Migration {
  /// The history of one scenario is asked for by its name, over all suites.
  static let scenariosByName = Migration(
    "002-scenarios-by-name", "CREATE INDEX scenario_by_name ON scenario (name);")
}
