/// One condition on labels: a key, an operator and its values.
public struct LabelSelectorRequirement: Hashable, Sendable {
  /// How the label under the key is compared with the values.
  public enum Operator: Hashable, Sendable {
    case `in`
    case notIn
    case exists
    case doesNotExist
    /// A word that Kubernetes does not know: the selector is invalid.
    case other(String)

    public init(_ raw: String) {
      switch raw {
      case "In": self = .in
      case "NotIn": self = .notIn
      case "Exists": self = .exists
      case "DoesNotExist": self = .doesNotExist
      default: self = .other(raw)
      }
    }

    /// The word in a manifest.
    public var raw: String {
      switch self {
      case .in: "In"
      case .notIn: "NotIn"
      case .exists: "Exists"
      case .doesNotExist: "DoesNotExist"
      case .other(let raw): raw
      }
    }
  }

  public var key: String
  public var op: Operator
  public var values: [String]

  public init(key: String, op: Operator, values: [String] = []) {
    self.key = key
    self.op = op
    self.values = values
  }

  /// Whether `labels` meet this condition; an absent key meets `NotIn` and `DoesNotExist`.
  public func matches(_ labels: Labels) -> Bool {
    let value = labels[key]
    switch op {
    case .in: return value.map(values.contains) ?? false
    case .notIn: return value.map { !values.contains($0) } ?? true
    case .exists: return value != nil
    case .doesNotExist: return value == nil
    case .other: return false
    }
  }
}

/// A choice of objects by their labels; every condition must hold, none means all objects.
///
/// In a field where the selector may be absent, `nil` chooses nothing.
public struct LabelSelector: Hashable, Sendable {
  public var matchLabels: Labels
  public var matchExpressions: [LabelSelectorRequirement]

  public init(matchLabels: Labels = [:], matchExpressions: [LabelSelectorRequirement] = []) {
    self.matchLabels = matchLabels
    self.matchExpressions = matchExpressions
  }

  /// Whether every condition holds for `labels` (`labels.Selector.Matches`).
  ///
  /// Meaningful for valid selectors; an unknown operator matches nothing.
  public func matches(_ labels: Labels) -> Bool {
    for index in matchLabels.indices {
      let (key, value) = matchLabels[index]
      if labels[key] != value { return false }
    }
    return matchExpressions.allSatisfy { $0.matches(labels) }
  }

  /// The selector string (`labels.Selector.String`), requirements by key, values sorted.
  public var canonical: String {
    var parts: [(key: String, text: String)] = matchLabels.map { ($0.key, "\($0.key)=\($0.value)") }
    for requirement in matchExpressions {
      let key = requirement.key
      let values = requirement.values.sorted().joined(separator: ",")
      switch requirement.op {
      case .in: parts.append((key, "\(key) in (\(values))"))
      case .notIn: parts.append((key, "\(key) notin (\(values))"))
      case .exists: parts.append((key, key))
      case .doesNotExist: parts.append((key, "!\(key)"))
      case .other(let raw): parts.append((key, "\(key) \(raw) (\(values))"))
      }
    }
    // Swift's sort is stable, as is Go's for the few requirements a selector has.
    return parts.sorted { $0.key < $1.key }.map(\.text).joined(separator: ",")
  }
}

/// Why a selector is invalid.
public enum LabelSelectorError: Error, Hashable, Sendable {
  case unknownOperator(String)
  /// `In` and `NotIn` need at least one value.
  case valuesMissing(key: String)
  /// `Exists` and `DoesNotExist` take no values.
  case valuesForbidden(key: String)
  case invalidKey(String)
  case invalidValue(key: String, value: String)
}

extension LabelSelector {
  /// Checks what `metav1.LabelSelectorAsSelector` checks.
  ///
  /// - Throws: the first problem found.
  public func validate() throws(LabelSelectorError) {
    for (key, value) in matchLabels { try LabelSelector.check(key, [value]) }
    for requirement in matchExpressions {
      let key = requirement.key
      switch requirement.op {
      case .in, .notIn:
        if requirement.values.isEmpty { throw .valuesMissing(key: key) }
      case .exists, .doesNotExist:
        if !requirement.values.isEmpty { throw .valuesForbidden(key: key) }
      case .other(let raw): throw .unknownOperator(raw)
      }
      try LabelSelector.check(key, requirement.values)
    }
  }

  private static func check(_ key: String, _ values: [String]) throws(LabelSelectorError) {
    if !LabelSyntax.isKey(key) { throw .invalidKey(key) }
    for value in values where !LabelSyntax.isValue(value) {
      throw .invalidValue(key: key, value: value)
    }
  }
}
