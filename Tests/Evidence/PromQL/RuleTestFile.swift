import Foundation
import Manifests
import PromQL
import YAML

/// A file of tests of rules, in the format of `promtool test rules`.
///
/// https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
struct RuleTestFile: Sendable {
  struct Group: Sendable {
    var name = ""
    /// Milliseconds between the values of a series; nil for the file's interval.
    var interval: Int64?
    var series: [Input] = []
    var alerts: [AlertCheck] = []
    var expressions: [ExpressionCheck] = []
    var externalLabels: [Label] = []
    var externalURL = ""
    /// When the first values are, in milliseconds since 1970.
    var start: Int64 = 0
  }

  struct Input: Sendable {
    var series = ""
    var values = ""
  }

  struct AlertCheck: Sendable {
    var time: Int64 = 0
    var name = ""
    var alerts: [ExpectedAlert] = []
  }

  struct ExpectedAlert: Sendable {
    var labels: [Label] = []
    var annotations: [Label] = []
  }

  struct ExpressionCheck: Sendable {
    var text = ""
    var time: Int64 = 0
    var samples: [ExpectedSample] = []
  }

  struct ExpectedSample: Sendable {
    var labels = ""
    var value = 0.0
    /// A native histogram is expected.
    var isHistogram = false
  }

  var ruleFiles: [String] = []
  /// Milliseconds.
  var interval: Int64 = 60_000
  /// Names of groups in the order in which they are evaluated.
  var order: [String] = []
  /// Neighbouring numbers count as equal.
  var isFuzzy = false
  var groups: [Group] = []

  /// - Throws: `EvidenceError` with all that is wrong.
  init(name: String, bytes: [UInt8]) throws {
    var reading = Reading(file: name)
    reading.isStrict = true
    do {
      for document in try parse(bytes: bytes) {
        if let root = document.root { reading.read(root, into: &self, by: RuleTestFile.table) }
      }
    } catch {
      throw EvidenceError("\(name): \(error.message)")
    }
    let errors = reading.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty {
      throw EvidenceError(errors.map(\.description).joined(separator: "\n"))
    }
  }
}

// MARK: Fields

extension RuleTestFile {
  private static let table = Table<RuleTestFile> {
    $0.field("rule_files", \.ruleFiles, .strings)
    $0.field("evaluation_interval", \.interval, duration)
    $0.field("group_eval_order", \.order, .strings)
    $0.field("fuzzy_compare", \.isFuzzy, .boolean)
    $0.field("tests", \.groups, .list(of: .object(Group(), group)))
  }

  private static let group = Table<Group> {
    $0.field("name", \.name, text)
    $0.field("interval", \.interval, duration)
    $0.field("input_series", \.series, .list(of: .object(Input(), input)))
    $0.field("alert_rule_test", \.alerts, .list(of: .object(AlertCheck(), alertCheck)))
    $0.field(
      "promql_expr_test", \.expressions, .list(of: .object(ExpressionCheck(), expressionCheck)))
    $0.field("external_labels", \.externalLabels, labels)
    $0.field("external_url", \.externalURL, text)
    $0.field("start_timestamp", \.start, timestamp)
  }

  private static let input = Table<Input> {
    $0.field("series", \.series, text)
    $0.field("values", \.values, text)
  }

  private static let alertCheck = Table<AlertCheck> {
    $0.field("eval_time", \.time, duration)
    $0.field("alertname", \.name, text)
    $0.field("exp_alerts", \.alerts, .list(of: .object(ExpectedAlert(), alert)))
  }

  private static let alert = Table<ExpectedAlert> {
    $0.field("exp_labels", \.labels, labels)
    $0.field("exp_annotations", \.annotations, labels)
  }

  private static let expressionCheck = Table<ExpressionCheck> {
    $0.field("expr", \.text, text)
    $0.field("eval_time", \.time, duration)
    $0.field("exp_samples", \.samples, .list(of: .object(ExpectedSample(), sample)))
  }

  private static let sample = Table<ExpectedSample> {
    $0.field("labels", \.labels, text)
    $0.field("value", \.value, number)
    $0.custom("histogram") { sample, _, _ in sample.isHistogram = true }
  }

  /// Numbers are taken for their text: `values: 0x10` is a series of eleven zeros.
  private static let text = Codec<String> { node, reading in
    if let scalar = node.scalar { return scalar.text }
    reading.report(.error, at: node, "must be a string")
    return nil
  }

  private static let duration = text.map { text, node, reading -> Int64? in
    if let milliseconds = durationMilliseconds(text) { return milliseconds }
    reading.report(.error, at: node, "not a valid duration string: \"\(text)\"")
    return nil
  }

  private static let number = text.map { text, node, reading -> Double? in
    if let value = Double(text.hasPrefix(".") ? "0" + text : text) { return value }
    switch text.lowercased() {
    case ".nan": return .nan
    case ".inf", "+.inf": return .infinity
    case "-.inf": return -.infinity
    default:
      reading.report(.error, at: node, "`\(text)` is no number")
      return nil
    }
  }

  private static let labels = Codec<[Label]> { node, reading in
    guard let pairs = node.mapping else {
      reading.report(.error, at: node, "must be a mapping")
      return nil
    }
    return pairs.compactMap { key, value in
      guard let name = key.scalar?.text, let text = value.scalar?.text else { return nil }
      return Label(name, text)
    }
  }

  /// Seconds since 1970, or as RFC 3339 writes it.
  private static let timestamp = text.map { text, node, reading -> Int64? in
    if let seconds = Double(text) { return Int64((seconds * 1000).rounded()) }
    let formats: [ISO8601DateFormatter.Options] = [
      .withInternetDateTime, [.withInternetDateTime, .withFractionalSeconds],
    ]
    for options in formats {
      let formatter = ISO8601DateFormatter()
      formatter.formatOptions = options
      if let date = formatter.date(from: text) {
        return Int64((date.timeIntervalSince1970 * 1000).rounded())
      }
    }
    reading.report(.error, at: node, "`\(text)` is no timestamp")
    return nil
  }
}
