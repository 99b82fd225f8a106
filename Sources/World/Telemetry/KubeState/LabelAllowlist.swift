public import ClusterAPI

/// Which Kubernetes labels become labels of `kube_*_labels` series (`--metric-labels-allowlist`).
///
/// None by default, as of kube-state-metrics.
public struct LabelAllowlist: Hashable, Sendable {
  /// By resource (`pods`, `deployments`): names of labels, or `*` for all of them. What stands under
  /// the resource `*` holds for each resource that is not named.
  public var names: SortedMap<[String]>

  public init(_ names: SortedMap<[String]> = [:]) { self.names = names }

  /// The labels of an object as Prometheus names them; nil: its resource exposes none.
  func labels(_ labels: Labels, of resource: String) -> [(name: String, value: String)]? {
    guard let allowed = names[resource] ?? names["*"], let first = allowed.first else { return nil }
    let chosen = first == "*" ? labels : Labels(labels.filter { allowed.contains($0.key) })
    return LabelAllowlist.promLabels(chosen)
  }

  /// `label_` and the name in snake case; of names that become the same, all get a number.
  private static func promLabels(_ labels: Labels) -> [(name: String, value: String)] {
    let names = labels.keys.map { "label_" + snakeCase($0) }
    var seen: [String: Int] = [:]
    return zip(names, labels.values).map { name, value in
      guard names.count(where: { $0 == name }) > 1 else { return (name, value) }
      seen[name, default: 0] += 1
      return ("\(name)_conflict\(seen[name] ?? 0)", value)
    }
  }

  /// What no label name may hold becomes `_`, `aB` becomes `a_b`.
  static func snakeCase(_ text: String) -> String {
    var result = ""
    var previous: Unicode.Scalar = "_"
    for scalar in text.unicodeScalars {
      let isUpper = ("A"..."Z").contains(scalar)
      let isLowerOrDigit = ("a"..."z").contains(previous) || ("0"..."9").contains(previous)
      if isUpper, isLowerOrDigit { result += "_" }
      result += isUpper ? String(scalar).lowercased() : labelName(String(scalar))
      previous = scalar
    }
    return result
  }

  /// The text with `_` for whatever is no ASCII letter, digit or underscore.
  static func labelName(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let isAllowed =
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        || ("0"..."9").contains(scalar) || scalar == "_"
      result.unicodeScalars.append(isAllowed ? scalar : "_")
    }
    return result
  }
}
