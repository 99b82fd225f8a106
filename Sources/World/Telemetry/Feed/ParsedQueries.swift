import PromQL

/// Queries by their texts: who asks the same at every interval has them read once.
struct ParsedQueries: Sendable {
  /// So that texts that name revisions or pods do not pile up.
  private static let most = 500

  private var known: [String: PromQL.Query] = [:]

  /// nil: the text is no PromQL.
  mutating func query(_ text: String) -> PromQL.Query? {
    if let query = known[text] { return query }
    guard let query = try? PromQL.Query(text) else { return nil }
    if known.count >= ParsedQueries.most { known.removeAll(keepingCapacity: true) }
    known[text] = query
    return query
  }
}
