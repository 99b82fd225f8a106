import PromQL
import Units

extension TelemetryStore {
  /// All samples as OpenMetrics text (1.0), as `promtool tsdb create-blocks-from openmetrics` reads it.
  ///
  /// The format has no staleness markers: where a series ends, they are left out. Of what is pushed more
  /// often than others are scraped it has only the samples at each scrape interval.
  public var openMetrics: String {
    var text = ""
    var series: [String: [Series]] = [:]
    for one in atScrapes { series[one.labels.name, default: []].append(one) }
    for family in families {
      let members = family.seriesNames.flatMap { series[$0] ?? [] }
      if members.isEmpty { continue }
      // Counters with their suffix: `promtool check metrics` looks for the metadata of the whole name,
      // and what imports OpenMetrics takes either.
      let name = family.name
      text += "# HELP \(name) \(OpenMetrics.escaped(family.help))\n"
      // What has no type is `unknown` to OpenMetrics and `untyped` to the linter: neither says so.
      if family.kind != .untyped { text += "# TYPE \(name) \(family.kind.rawValue)\n" }
      for one in members { OpenMetrics.write(one, to: &text) }
    }
    return text + "# EOF\n"
  }
}

private enum OpenMetrics {
  static func escaped(_ text: String) -> String {
    text.rewriting { scalar in
      switch scalar {
      case "\\": "\\\\"
      case "\"": "\\\""
      case "\n": "\\n"
      default: nil
      }
    }
  }

  static func write(_ series: Series, to text: inout String) {
    let labels = series.labels.pairs.filter { $0.name != PromQL.Labels.metricName }
      .map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
    let head = series.labels.name + (labels.isEmpty ? "" : "{\(labels)}") + " "
    for (time, value) in zip(series.samples.times, series.samples.values)
    where !Samples.isStale(value) {
      text += head + number(value) + " " + seconds(time) + "\n"
    }
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }

  private static func seconds(_ milliseconds: Int64) -> String {
    let rest = milliseconds % 1000
    if rest == 0 { return String(milliseconds / 1000) }
    let digits = String(rest)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
