/// Which suite a user means: an id, `latest`, `latest~1`, or one of another database:
/// `old.sqlite#12`, `old.sqlite#latest`, `old.sqlite` (its latest).
public struct SuiteReference: Hashable, Sendable {
  enum Suite: Hashable, Sendable {
    case id(Int64)
    /// So many finished suites before the latest.
    case latest(back: Int)
  }

  /// nil: the database that the command uses.
  public private(set) var path: String?
  var suite: Suite

  public static let latest = SuiteReference(path: nil, suite: .latest(back: 0))

  init(path: String?, suite: Suite) {
    self.path = path
    self.suite = suite
  }

  /// nil where the text is none of these.
  public init?(_ text: String) {
    if let suite = Suite(text) {
      self.init(path: nil, suite: suite)
    } else if let mark = text.lastIndex(of: "#") {
      guard mark > text.startIndex, let suite = Suite(text[text.index(after: mark)...]) else {
        return nil
      }
      self.init(path: String(text[..<mark]), suite: suite)
    } else if text.contains("/") || text.hasSuffix(".sqlite") {
      self.init(path: text, suite: .latest(back: 0))
    } else {
      return nil
    }
  }

  /// Opens the database and finds the suite.
  ///
  /// - Parameter database: the path of the database that is meant where the reference names none.
  /// - Throws: `RecordingError` where there is no such database or suite; `SQLiteError`.
  public func resolve(database: String) throws -> (store: RecordStore, id: Int64) {
    let path = path ?? database
    let store = try RecordStore(reading: path)
    switch suite {
    case .id(let id):
      return (store, id)
    case .latest(let back):
      guard let id = try store.latestSuite(back: back) else {
        throw RecordingError.noFinishedSuite(path, back: back)
      }
      return (store, id)
    }
  }
}

extension SuiteReference.Suite {
  init?(_ text: some StringProtocol) {
    if let id = Int64(text), id > 0 {
      self = .id(id)
    } else if text == "latest" {
      self = .latest(back: 0)
    } else if text.hasPrefix("latest~"), let back = Int(text.dropFirst("latest~".count)), back >= 0
    {
      self = .latest(back: back)
    } else {
      return nil
    }
  }
}
