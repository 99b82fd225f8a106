import ClusterAPI
import Manifests
import PromQL
import Verdict
import YAML

/// `expect.promql`
enum QueryTable {
  private struct Draft: Sendable {
    var query = ""
    /// Whether a bound is written, be it one that cannot be read.
    var hasBound = false
    var moments: [(QueryExpectation.Moment, NumberBound)] = []
  }

  static let codec = Codec<[Draft]>.list(
    of: Codec<Draft>.object(Draft(), table) { draft, node, reading in
      if !draft.hasBound {
        reading.report(
          .error, at: node, "says nothing of the answer",
          remedy: "add `always: \"< 0.01\"`, `eventually` or `atEnd`")
      }
    }
  ).map { drafts, _, _ in
    drafts.flatMap { draft in
      draft.moments.map { QueryExpectation(query: draft.query, $0.0, $0.1) }
    }
  }

  private static let table = Table<Draft> {
    $0.key("query", \.query, query, required: true, "PromQL: a vector or a number")
    for moment in QueryExpectation.Moment.allCases {
      $0.custom(moment.rawValue, documentation: moment.documentation, shape: .string) {
        draft, node, reading in
        draft.hasBound = true
        bound.read(node, &reading).map { draft.moments.append((moment, $0)) }
      }
    }
  }

  static let bound = Codec<NumberBound>(shape: .string) { node, reading in
    guard let text = Codec<String>.string.read(node, &reading) else { return nil }
    if let bound = NumberBound(text: text) { return bound }
    reading.report(
      .error, at: node, "`\(node.excerpt)` is no bound",
      remedy: "write a comparison and a number, such as \"< 0.01\"")
    return nil
  }

  private static let query = Codec<String>(shape: .string) { node, reading in
    guard let text = Codec<String>.string.read(node, &reading) else { return nil }
    do throws(QueryError) {
      let query = try PromQL.Query(text)
      if query.expression.type == .vector || query.expression.type == .scalar {
        return text
      }
      reading.report(
        .error, at: node, "a query that gives a \(query.expression.type.rawValue) has no bound",
        remedy: "wrap it, such as in rate(...) or max_over_time(...)")
    } catch {
      reading.report(
        .error, at: node, "the query cannot be read: \(error.description(in: text))",
        remedy: "write PromQL as Prometheus 3 reads it")
    }
    return nil
  }
}

extension QueryExpectation.Moment {
  fileprivate var documentation: String {
    switch self {
    case .always: "bound such as `< 0.01` that holds from the change to the end, of each series"
    case .eventually: "bound that holds at one instant at least, of some series"
    case .atEnd: "bound that holds at the end, of each series"
    }
  }
}
