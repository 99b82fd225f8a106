import ClusterAPI
import Control
import Manifests
import PromQL
import Units
import YAML

/// `guards[].promql`
enum MeasurementTable {
  static let codec = Codec<[RollbackGuard.Measurement]>.list(
    of: .object(.init(query: "", bound: NumberBound(.below, 0)), table))

  private static let table = Table<RollbackGuard.Measurement> {
    $0.key(
      "query", \.query, query, required: true,
      "PromQL for a number, with `{{ namespace }}`, `{{ target }}`, `{{ revision }}` (the judged "
        + "ReplicaSet) and `{{ interval }}`")
    $0.key(
      "bound", \.bound, QueryTable.bound, required: true,
      "what its answer must be, such as `< 0.01`; without data it says nothing")
    $0.key("interval", \.window, .positiveSpan, "what `{{ interval }}` stands for; default 60s")
  }

  private static let query = Codec<String>(shape: .string) { node, reading in
    guard let text = Codec<String>.string.read(node, &reading) else { return nil }
    let sample: String
    do throws(ObjectiveQueries.UnknownVariable) {
      sample = try ObjectiveQueries.fill(
        text, deployment: ObjectKey(.deployment, namespace: "namespace", name: "target"),
        replicaSet: "target-revision", window: .seconds(60))
    } catch {
      let near = reading.nearest(to: error.name, among: ObjectiveQueries.variables)
      reading.report(
        .error, at: node, "the query names the variable `\(error.name)`, which there is not",
        remedy: near.map { "did you mean `{{ \($0) }}`?" }
          ?? "write `{{ namespace }}`, `{{ target }}`, `{{ revision }}` or `{{ interval }}`",
        nearest: near)
      return nil
    }
    do throws(QueryError) {
      let query = try PromQL.Query(sample)
      if query.expression.type == .vector || query.expression.type == .scalar { return text }
      reading.report(
        .error, at: node, "a query that gives a \(query.expression.type.rawValue) has no bound",
        remedy: "wrap it, such as in rate(...) or max_over_time(...)")
    } catch {
      reading.report(
        .error, at: node, "the query cannot be read: \(error.description(in: sample))",
        remedy: "write PromQL as Prometheus 3 reads it")
    }
    return nil
  }
}
