/// A name and its value.
public struct Label: Hashable, Sendable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// The labels that identify a series, sorted by name; a label without a value does not exist.
public struct Labels: Hashable, Sendable {
  /// The label that holds the metric's name.
  public static let metricName = "__name__"
  /// The labels that tell of the metric itself; operations that make another quantity drop them.
  public static let metadataNames = [metricName, "__type__", "__unit__"]

  public private(set) var pairs: [Label]

  public static let empty = Labels(sorted: [])

  /// Labels in any order; of two with the same name the last counts.
  public init(_ labels: [Label]) {
    var kept: [Label] = []
    kept.reserveCapacity(labels.count)
    for label in labels {
      var at = kept.count
      while at > 0, label.name < kept[at - 1].name { at -= 1 }
      if at > 0, kept[at - 1].name == label.name {
        kept[at - 1].value = label.value
      } else {
        kept.insert(label, at: at)
      }
    }
    pairs = kept.filter { !$0.value.isEmpty }
  }

  /// - Parameter name: the metric's name; empty for none.
  public init(name: String, _ labels: [Label] = []) {
    self.init(labels + [Label(Labels.metricName, name)])
  }

  /// - Parameter pairs: sorted by name, each name once, no value empty.
  init(sorted pairs: [Label]) { self.pairs = pairs }

  /// The value of a label; empty when there is none.
  public subscript(_ name: String) -> String {
    for pair in pairs where pair.name == name { return pair.value }
    return ""
  }

  /// The metric's name; empty when there is none.
  public var name: String { self[Labels.metricName] }

  /// With one label set; an empty value removes it.
  public func setting(_ name: String, to value: String) -> Labels {
    var result = pairs
    if let at = result.firstIndex(where: { $0.name >= name }) {
      if result[at].name == name {
        if value.isEmpty { result.remove(at: at) } else { result[at].value = value }
      } else if !value.isEmpty {
        result.insert(Label(name, value), at: at)
      }
    } else if !value.isEmpty {
      result.append(Label(name, value))
    }
    return Labels(sorted: result)
  }

  public func keeping(_ names: [String]) -> Labels {
    Labels(sorted: pairs.filter { names.contains($0.name) })
  }

  public func removing(_ names: [String]) -> Labels {
    Labels(sorted: pairs.filter { !names.contains($0.name) })
  }

  /// Without the metric's name, type and unit.
  public var withoutMetadata: Labels { removing(Labels.metadataNames) }
}

extension Labels: Comparable {
  /// The order in which a range query's result stands: pair by pair, name before value.
  public static func < (a: Labels, b: Labels) -> Bool {
    for (left, right) in zip(a.pairs, b.pairs) {
      if left.name != right.name { return left.name < right.name }
      if left.value != right.value { return left.value < right.value }
    }
    return a.pairs.count < b.pairs.count
  }
}

extension Labels: CustomStringConvertible {
  /// As in PromQL: `name{label="value"}`.
  public var description: String {
    let name = self.name
    let shownName = isMetricName(name) ? name : ""
    let rest = pairs.filter { $0.name != Labels.metricName }.map {
      "\(quotedUnlessLabelName($0.name))=\(quoted($0.value))"
    }
    let list = (name.isEmpty || !shownName.isEmpty ? [] : [quoted(name)]) + rest
    if list.isEmpty, !name.isEmpty { return name }
    return "\(shownName){\(list.joined(separator: ", "))}"
  }
}
