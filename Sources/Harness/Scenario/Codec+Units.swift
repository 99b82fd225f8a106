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
        let text = node.excerpt
        let isNumber = node.scalar.flatMap { Double($0.text) }.map { $0 >= 0 } ?? false
        reading.report(
          .error, at: node,
          text.hasPrefix("-") && text.count > 1
            ? "`\(text)` is less than 0" : "`\(text)` is no length of time",
          remedy: isNumber ? "write its unit: `\(text)s`" : "write such as 20ms, 5s, 1m30s, 2h")
        return nil
      }
      // Sums of a few such spans fit the clock.
      guard span <= .longest else {
        reading.report(
          .error, at: node, "`\(node.excerpt)` is longer than 3650d",
          remedy: "write such as 20ms, 5s, 1m30s, 2h")
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

extension Codec {
  /// The same where it is more than nothing.
  func positive(such example: String, _ isPositive: @escaping @Sendable (Value) -> Bool) -> Codec {
    map { value, node, reading in
      if isPositive(value) { return value }
      reading.report(
        .error, at: node, "`\(node.excerpt)` is not more than 0",
        remedy: "write such as \(example)")
      return nil
    }
  }

  /// The same list where it has elements.
  func notEmpty<Element>(_ word: String, such example: String) -> Codec
  where Value == [Element] {
    map { elements, node, reading in
      if node.sequence?.isEmpty != true { return elements }
      reading.report(
        .error, at: node, "the list has no \(word)",
        remedy: "write such as \(example), or remove the field")
      return nil
    }
  }
}

extension Codec<Quantity> {
  /// A quantity above 0.
  static var amount: Codec { quantity.positive(such: "4") { $0 > Quantity(0) } }
}

extension Span {
  /// What a scenario may write: ten years.
  static let longest = Span.hours(24 * 3650)

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
      let text = node.excerpt
      reading.report(
        .error, at: node, "`\(text)` is more than \(text.hasSuffix("%") ? "100%" : "1")",
        remedy: "write such as 0.02 or 2%")
      return nil
    }
  }

  /// A share above 0.
  static var positiveShare: Codec { share.positive(such: "0.02 or 2%") { $0 > .zero } }

  /// How many times as much: `5` or `0.5`; 1 would change nothing.
  static var factor: Codec {
    ratio(form: "number such as 5 or 0.5").positive(such: "5 or 0.5") { $0 > .zero }
      .map { ratio, node, reading in
        if ratio != .one { return ratio }
        reading.report(
          .error, at: node, "a factor of 1 changes nothing", remedy: "write such as 5 or 0.5")
        return nil
      }
  }

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
      if text.hasPrefix("-") {
        reading.report(
          .error, at: node, "`\(text)` is less than 0", remedy: "write such as 240Mi")
        return nil
      }
      return Bytes(quantity.value)
    }
  }

  static var positiveBytes: Codec { bytes.positive(such: "240Mi") { $0.count > 0 } }
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
