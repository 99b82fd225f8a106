import ClusterAPI
import Kernel
import Manifests
public import Units
import YAML

// How the units of a scenario are written. A bare number where a unit is needed is an error.
extension Codec<Span> {
  /// `300ms`, `5m`, `1m30s`, `2h`.
  static var span: Codec {
    let shape = Shape.text(
      form: "length of time such as 300ms, 5s, 1m30s or 2h",
      pattern: "^(0|([0-9.]+(ns|us|ms|s|m|h|d))+)$", isNumberToo: false)
    return Codec(shape: shape) { node, reading in
      guard let text = node.scalar?.text, let span = Span(text: text) else {
        let isNumber = node.scalar.flatMap { Double($0.text) } != nil
        reading.report(
          .error, at: node, "`\(node.scalar?.text ?? "...")` is no length of time",
          remedy: isNumber
            ? "write its unit: `\(node.scalar?.text ?? "1")s`" : "write such as 20ms, 5s, 1m30s, 2h"
        )
        return nil
      }
      return span
    }
  }

  static var positiveSpan: Codec {
    span.map { span, node, reading in
      if span > .zero { return span }
      reading.report(.error, at: node, "must be more than 0", remedy: "write such as 5s")
      return nil
    }
  }
}

extension Span {
  /// Reads `300ms`, `5m`, `1m30s`, `2h`; nil for what is no length of time.
  public init?(text: String) {
    let units: [(String, Int64)] = [
      ("ms", 1_000_000), ("us", 1_000), ("ns", 1), ("s", 1_000_000_000), ("m", 60_000_000_000),
      ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
    ]
    if text == "0" {
      self = .zero
      return
    }
    var total = 0.0
    var rest = text[...]
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      guard let value = Double(number), let unit = units.first(where: { rest.hasPrefix($0.0) })
      else { return nil }
      total += value * Double(unit.1)
      rest = rest.dropFirst(unit.0.count)
    }
    guard total < 9e18 else { return nil }
    self = Span(ns: Int64(total.rounded()))
  }
}

extension Codec<Ratio> {
  /// A share from 0 to 1, as `0.02` or `2%`.
  static var share: Codec {
    ratio(form: "share from 0 to 1 such as 0.02 or 2%").map { ratio, node, reading in
      if ratio <= .one { return ratio }
      reading.report(
        .error, at: node, "\(ratio.value) is more than 1", remedy: "write such as 0.02 or 2%")
      return nil
    }
  }

  /// How many times as much: `5` or `0.5`.
  static var factor: Codec { ratio(form: "number such as 5 or 0.5") }

  private static func ratio(form: String) -> Codec {
    let shape = Shape.text(form: form, pattern: "^[0-9.eE+-]+%?$", isNumberToo: true)
    return Codec(shape: shape) { node, reading in
      let text = node.scalar?.text ?? ""
      let isPercent = text.hasSuffix("%")
      guard let value = Double(isPercent ? String(text.dropLast()) : text), value >= 0,
        value < 1e12
      else {
        reading.reportWrongType(node, expected: "a \(form)")
        return nil
      }
      return Ratio(rounding: isPercent ? value / 100 : value)
    }
  }
}

extension Codec<Int64> {
  /// Requests per second, in thousandths.
  static var milliRate: Codec {
    Codec(shape: .number) { node, reading in
      guard let value = node.scalar.flatMap({ Double($0.text) }), value >= 0, value <= 1e9 else {
        reading.reportWrongType(node, expected: "requests per second, such as 200")
        return nil
      }
      return Int64((value * 1000).rounded())
    }
  }
}

extension Codec<Bytes> {
  /// `240Mi`, `2Ki`; 0 needs no unit.
  static var bytes: Codec {
    let shape = Shape.text(
      form: "amount of memory such as 240Mi; 0 needs no unit", pattern: "[A-Za-z]$|^0$",
      isNumberToo: true)
    return Codec<Quantity>.quantity.map(shape: shape) { quantity, node, reading in
      let text = node.scalar?.text ?? ""
      if text != "0", text.last?.isNumber == true {
        reading.report(
          .error, at: node, "`\(text)` has no unit", remedy: "write `\(text)Mi` or `\(text)Ki`")
        return nil
      }
      return Bytes(quantity.value)
    }
  }
}

extension Codec<Distribution> {
  /// A span, or `{median, p99}` (lognormal), `{mean}` (exponential), `{low, high}` (uniform).
  static var distribution: Codec {
    Codec(shape: .either([Codec<Span>.span.shape, DistributionParts.table.shape])) {
      node, reading in
      guard node.mapping != nil else {
        return Codec<Span>.span.read(node, &reading).map { .constant($0) }
      }
      var parts = DistributionParts()
      reading.read(node, into: &parts, by: DistributionParts.table)
      if let distribution = parts.distribution { return distribution }
      reading.report(
        .error, at: node, "is no distribution",
        remedy: "write {median: 6s, p99: 20s}, {mean: 5s}, {low: 1s, high: 3s} or a span")
      return nil
    }
  }
}

/// The keys of a distribution.
struct DistributionParts: Sendable {
  var kind: String?
  var median: Span?
  var p99: Span?
  var mean: Span?
  var low: Span?
  var high: Span?

  static let table = Table<DistributionParts> {
    $0.key(
      "distribution", \.kind, .word(of: ["constant", "exponential", "lognormal", "uniform"]),
      "its name, where the other keys do not tell it")
    $0.key("median", \.median, .positiveSpan, "of a lognormal distribution")
    $0.key("p99", \.p99, .positiveSpan, "99th percentile of a lognormal distribution")
    $0.key("mean", \.mean, .positiveSpan, "of an exponential distribution")
    $0.key("low", \.low, .span, "least value of a uniform distribution")
    $0.key("high", \.high, .span, "greatest value of a uniform distribution")
  }

  var distribution: Distribution? {
    if let median, let p99, p99 >= median, mean == nil, low == nil, high == nil,
      kind == nil || kind == "lognormal"
    {
      return .lognormal(median: median, p99: p99)
    }
    if let mean, median == nil, low == nil, kind == nil || kind == "exponential" {
      return .exponential(mean: mean)
    }
    if let low, let high, high >= low, mean == nil, kind == nil || kind == "uniform" {
      return .uniform(low: low, high: high)
    }
    if let median, p99 == nil, kind == "constant" { return .constant(median) }
    return nil
  }
}

extension Table {
  /// A field of the scenario: its documentation goes into the reference and the JSON Schema.
  mutating func key<Value>(
    _ key: String, _ property: any WritableKeyPath<Target, Value> & Sendable, _ codec: Codec<Value>,
    required: Bool = false, _ documentation: String
  ) {
    field(key, property, codec, required: required, documentation: documentation)
  }

  mutating func key<Value>(
    _ key: String, _ property: any WritableKeyPath<Target, Value?> & Sendable,
    _ codec: Codec<Value>, required: Bool = false, _ documentation: String
  ) {
    field(key, property, codec, required: required, documentation: documentation)
  }
}
