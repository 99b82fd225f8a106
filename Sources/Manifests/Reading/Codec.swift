package import ClusterAPI
import YAML

/// How a node becomes a value; nil after a report of why it does not.
package struct Codec<Value>: Sendable {
  /// What may be written for the value.
  package let shape: Shape
  package let read: @Sendable (YAMLNode, inout Reading) -> Value?

  package init(
    shape: Shape = .any, _ read: @escaping @Sendable (YAMLNode, inout Reading) -> Value?
  ) {
    self.shape = shape
    self.read = read
  }

  /// A mapping that a table reads into a copy of `initial`; `finish` then sets what depends on
  /// several fields.
  package static func object(
    _ initial: Value, _ table: Table<Value>,
    finish: @escaping @Sendable (inout Value, YAMLNode, inout Reading) -> Void = { _, _, _ in }
  ) -> Codec where Value: Sendable {
    Codec(shape: table.shape) { node, reading in
      var value = initial
      reading.read(node, into: &value, by: table)
      if node.mapping != nil { finish(&value, node, &reading) }
      return value
    }
  }

  /// A value made of this one; the shape stays, unless another is given.
  package func map<Other>(
    shape: Shape? = nil,
    _ transform: @escaping @Sendable (Value, YAMLNode, inout Reading) -> Other?
  ) -> Codec<Other> {
    Codec<Other>(shape: shape ?? self.shape) { node, reading in
      guard let value = self.read(node, &reading) else { return nil }
      return transform(value, node, &reading)
    }
  }

  /// A sequence; elements that cannot be read are reported and left out.
  package static func list<Element>(of element: Codec<Element>) -> Codec where Value == [Element] {
    Codec(shape: .list(element.shape)) { node, reading in
      guard let nodes = node.sequence else {
        reading.reportWrongType(
          node, expected: "a sequence", remedy: "start each element with `- `")
        return nil
      }
      var elements: [Element] = []
      for (index, child) in nodes.enumerated() {
        reading.at(.index(index)) { reading in
          if let value = element.read(child, &reading) { elements.append(value) }
        }
      }
      return elements
    }
  }

  /// A mapping from any key to values of one type.
  package static func map<Element>(of element: Codec<Element>) -> Codec
  where Value == SortedMap<Element> {
    Codec(shape: .map(element.shape)) { node, reading in
      guard let pairs = node.mapping else {
        reading.reportWrongType(node, expected: "a mapping")
        return nil
      }
      var result: [(String, Element)] = []
      for (key, value) in pairs {
        guard let name = key.keyText else {
          reading.reportedKeys += 1 + key.keyCount + value.keyCount
          continue
        }
        reading.consumedKeys += 1
        reading.at(.key(name)) { reading in
          if let value = element.read(value, &reading) { result.append((name, value)) }
        }
      }
      return SortedMap(result)
    }
  }
}

extension Codec<String> {
  package static var string: Codec {
    Codec(shape: .string) { node, reading in
      if case .string(let text) = node.resolved { return text }
      let isScalar = node.scalar != nil && !node.isNull
      reading.reportWrongType(
        node, expected: "a string",
        remedy: isScalar ? "put it in quotes: \"\(node.excerpt)\"" : nil)
      return nil
    }
  }

  /// A value of a label map: null is the empty text, as in Go.
  package static var labelValue: Codec {
    Codec(shape: .string) { node, reading in node.isNull ? "" : string.read(node, &reading) }
  }

  /// A word of a fixed set.
  package static func word(of known: [String]) -> Codec {
    string.map(shape: .word(known)) { word, node, reading in
      if known.contains(word) { return word }
      let near = reading.nearest(to: word, among: known)
      reading.report(
        .error, at: node, "`\(node.excerpt)` is none of \(known.joined(separator: ", "))",
        remedy: near.map { "did you mean `\($0)`?" }, nearest: near)
      return nil
    }
  }
}

extension Codec<Bool> {
  package static var boolean: Codec {
    Codec(shape: .boolean) { node, reading in
      if case .boolean(let value) = node.resolved { return value }
      reading.reportWrongType(node, expected: "true or false")
      return nil
    }
  }
}

extension Codec<Int64> {
  /// A whole number; `1e3` is one too, as it is in JSON.
  package static var wide: Codec {
    Codec(shape: .integer(minimum: nil, maximum: nil)) { node, reading in
      switch node.resolved {
      case .integer(let value): return value
      case .float(let value):
        if let whole = Int64(exactly: value) { return whole }
      case .string(let text) where Int64(text) != nil:
        reading.reportWrongType(node, expected: "an integer", remedy: "remove the quotes")
        return nil
      default: break
      }
      reading.reportWrongType(node, expected: "an integer")
      return nil
    }
  }
}

extension Codec<Int> {
  package static func integer(in range: ClosedRange<Int64>) -> Codec {
    let shape = Shape.integer(minimum: range.lowerBound, maximum: range.upperBound)
    return Codec<Int64>.wide.map(shape: shape) { value, node, reading in
      if range.contains(value) { return Int(value) }
      reading.report(
        .error, at: node, "\(value) is not between \(range.lowerBound) and \(range.upperBound)",
        remedy: "write such as \(min(max(value, range.lowerBound), range.upperBound))")
      return nil
    }
  }

  /// Kubernetes' `int32`.
  package static var integer: Codec { integer(in: Int64(Int32.min)...Int64(Int32.max)) }
  /// An `int32` that validation wants to be 0 or more.
  package static var count: Codec { integer(in: 0...Int64(Int32.max)) }
  package static var seconds: Codec { integer(in: 0...Int64.max) }
  package static var port: Codec { integer(in: 0...65535) }
}

extension Codec<IntOrString> {
  package static var intOrString: Codec {
    Codec(shape: .either([.integer(minimum: nil, maximum: nil), .string])) { node, reading in
      switch node.resolved {
      case .string(let text): return .string(text)
      case .integer(let value) where Int32(exactly: value) != nil: return .int(value)
      default:
        reading.reportWrongType(node, expected: "an integer or a string")
        return nil
      }
    }
  }
}

extension Codec<IntOrString> {
  /// A number of pods, or per cent of them.
  package static var podCount: Codec {
    let shape = Shape.either([
      .integer(minimum: 0, maximum: nil),
      .text(form: "per cent such as 25%", pattern: "^[0-9]+%$", isNumberToo: false),
    ])
    return intOrString.map(shape: shape) { value, node, reading in
      switch value {
      case .int(let count) where count >= 0: return value
      case .string(let text)
      where text.hasSuffix("%") && text.dropLast().utf8.allSatisfy { (48...57).contains($0) }
        && text.utf8.count > 1:
        return value
      default:
        reading.report(
          .error, at: node, "`\(node.excerpt)` is no number of pods",
          remedy: "write a whole number such as 1, or per cent such as 25%")
        return nil
      }
    }
  }
}

extension Codec<Quantity> {
  package static var quantity: Codec {
    Codec(
      shape: .text(form: "quantity such as 500m or 1Gi", pattern: nil, isNumberToo: true)
    ) { node, reading in
      let text: String
      switch node.resolved {
      case .string(let string): text = string
      case .integer(let value): text = String(value)
      case .unsigned(let value): text = String(value)
      case .float(let value) where value.isFinite:
        text = "\(value)".hasSuffix(".0") ? String("\(value)".dropLast(2)) : "\(value)"
      default:
        reading.reportWrongType(node, expected: "a quantity such as 500m or 1Gi")
        return nil
      }
      do throws(QuantityError) {
        return try Quantity(parsing: text)
      } catch {
        let what = error == .suffix ? "has no suffix of a quantity" : "is no quantity"
        reading.report(
          .error, at: node, "`\(node.excerpt)` \(what)",
          remedy: "write a number with m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei or nothing")
        return nil
      }
    }
  }
}

extension Codec<Labels> {
  package static var labels: Codec { map(of: .labelValue) }
}

extension Codec<Labels> {
  /// Labels of an object, or wanted of one: names and values of their syntax.
  package static var objectLabels: Codec {
    labels.map { labels, node, reading in
      for (key, value) in node.mapping ?? [] {
        guard let name = key.keyText else { continue }
        reading.at(.key(name)) { reading in
          if !LabelSyntax.isKey(name) {
            reading.report(
              .error, at: key, "`\(key.excerpt)` is no label name",
              remedy: "write up to 63 letters, digits, -, _ and ., with or without a domain and /")
          }
          if let text = labels[name], !LabelSyntax.isValue(text) {
            reading.report(
              .error, at: value, "`\(value.excerpt)` is no label value",
              remedy: "write up to 63 letters, digits, -, _ and .")
          }
        }
      }
      return labels
    }
  }
}

extension Codec<ResourceList> {
  package static var resources: Codec { map(of: .quantity) }
}

extension Codec<[String]> {
  package static var strings: Codec { list(of: .string) }
}
