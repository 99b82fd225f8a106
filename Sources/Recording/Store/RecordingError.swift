/// What the store is asked that it does not hold, or a file that it cannot use.
public enum RecordingError: Error, Hashable, Sendable, CustomStringConvertible {
  case noDatabase(String)
  case cannotWrite(String, reason: String)
  /// An SQLite file, but not one of ours.
  case foreignDatabase(String)
  case newerVersion(String, migrations: [String])
  case noSuite(Int64)
  /// With the numbers of the first and the last suite.
  case unknownSuite(Int64, known: ClosedRange<Int64>?)
  /// No suite has come to its end, or fewer than were counted back.
  case noFinishedSuite(String, back: Int)
  case noScenario(String, suite: Int64)
  case noRun(Int64)
  case damaged(String)

  public var description: String {
    switch self {
    case .noDatabase(let path):
      "there is no database `\(path)`; `wavetank run` makes one, --record names another"
    case .cannotWrite(let path, let reason):
      "`\(path)` cannot be written: \(reason); --record names another file, --no-record none"
    case .foreignDatabase(let path): "`\(path)` is a database of something else"
    case .newerVersion(let path, let migrations):
      "`\(path)` was written by a newer version (\(migrations.joined(separator: ", ")))"
    case .noSuite(let id): "there is no suite \(id); `wavetank history` lists them"
    case .unknownSuite(let id, let known?):
      "there is no suite \(id); "
        + (known.lowerBound == known.upperBound
          ? "the only one is \(known.lowerBound)"
          : "they are numbered \(known.lowerBound) to \(known.upperBound)")
        + ", `wavetank history` lists them"
    case .unknownSuite(let id, nil):
      "there is no suite \(id), nothing has been run yet; `wavetank run` records one"
    case .noFinishedSuite(let path, let back):
      back == 0
        ? "`\(path)` holds no finished suite; `wavetank history` lists all"
        : "`\(path)` holds no finished suite \(back) before the latest; `wavetank history` lists all"
    case .noScenario(let name, let suite): "suite \(suite) has no scenario `\(name)`"
    case .noRun(let id): "there is no run \(id); `wavetank history SCENARIO` lists them"
    case .damaged(let what): "the record of \(what) is damaged"
    }
  }
}
