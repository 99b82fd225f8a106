import SQLite

extension Migration {
  /// A suite that was told to stop says so; one that was killed says nothing.
  static let interruptedSuites = Migration(
    "003-interrupted-suites", "ALTER TABLE suite ADD COLUMN interrupted_at TEXT;")
}
