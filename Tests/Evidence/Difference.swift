/// One place where an answer is not what was expected.
public struct Difference: Hashable, Sendable, CustomStringConvertible {
  /// Members and indices from the root, such as `scores.node-1.total`.
  public var path: String
  public var expected: JSON?
  public var actual: JSON?

  public init(path: String, expected: JSON?, actual: JSON?) {
    self.path = path
    self.expected = expected
    self.actual = actual
  }

  public var description: String {
    let wanted = expected.map { "expected \(Difference.cut($0))" } ?? "expected nothing"
    let found = actual.map { "got \(Difference.cut($0))" } ?? "got nothing"
    return "\(path.isEmpty ? "(whole answer)" : path): \(wanted), \(found)"
  }

  private static func cut(_ value: JSON) -> String {
    let text = value.description
    return text.utf8.count > 300 ? text.prefix(300) + "..." : text
  }
}

extension Difference {
  /// All differences between two trees, in the order of their paths.
  ///
  /// An absent member equals `null`. Two objects with a member `error` are equal: only that an error
  /// occurred is compared. Numbers that are not both integers may differ by `relativeError`.
  public static func between(
    _ expected: JSON, _ actual: JSON, relativeError: Double = 0, path: String = ""
  ) -> [Difference] {
    switch (expected, actual) {
    case (.object(let wanted), .object(let found)):
      if expected["error"] != nil, actual["error"] != nil { return [] }
      return Set(wanted.keys).union(found.keys).sorted().flatMap { key in
        between(
          wanted[key] ?? .null, found[key] ?? .null, relativeError: relativeError,
          path: path.isEmpty ? key : path + "." + key)
      }
    case (.array(let wanted), .array(let found)):
      return (0..<max(wanted.count, found.count)).flatMap { index in
        let place = "\(path)[\(index)]"
        guard index < wanted.count, index < found.count else {
          return [
            Difference(
              path: place, expected: index < wanted.count ? wanted[index] : nil,
              actual: index < found.count ? found[index] : nil)
          ]
        }
        return between(wanted[index], found[index], relativeError: relativeError, path: place)
      }
    case (.int(let wanted), .int(let found)) where wanted == found: return []
    case (.double, .double), (.double, .int), (.int, .double):
      let (wanted, found) = (expected.number ?? .nan, actual.number ?? .nan)
      let tolerance = relativeError * max(wanted.magnitude, found.magnitude)
      if wanted == found || (wanted - found).magnitude <= tolerance { return [] }
    default:
      if expected == actual { return [] }
    }
    return [
      Difference(
        path: path, expected: expected.isNull ? nil : expected,
        actual: actual.isNull ? nil : actual)
    ]
  }
}
