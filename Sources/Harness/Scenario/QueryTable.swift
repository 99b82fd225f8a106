import ClusterAPI
import Manifests
import PromQL
import Verdict
import World
import YAML

/// `expect.promql`
enum QueryTable {
  private struct Draft: Sendable {
    var query = ""
    var moments: [(QueryExpectation.Moment, QueryExpectation.Bound)] = []
  }

  static let codec = Codec<[Draft]>.list(
    of: Codec<Draft>.object(Draft(), table) { draft, node, reading in
      if draft.moments.isEmpty {
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
        bound.read(node, &reading).map { draft.moments.append((moment, $0)) }
      }
    }
  }

  private static let bound = Codec<QueryExpectation.Bound>(shape: .string) { node, reading in
    guard let text = Codec<String>.string.read(node, &reading) else { return nil }
    if let bound = QueryExpectation.Bound(text: text) { return bound }
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
        warnOfUnknown(query, at: node, &reading)
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

  /// The evaluator gives no answer for an unknown metric, as Prometheus does; here it is a mistake.
  private static func warnOfUnknown(
    _ query: PromQL.Query, at node: YAMLNode, _ reading: inout Reading
  ) {
    for name in MetricCatalog.unknownNames(in: query) {
      let near = nearest(to: name, among: MetricCatalog.seriesNames)
      reading.report(
        .warning, at: node, "nothing in a run shows the metric `\(name)`",
        remedy: near.map { "did you mean `\($0)`?" } ?? "docs/metrics.md lists all metrics",
        nearest: near)
    }
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
