/// What came out of one family's cases.
public struct FamilyResult: Sendable {
  /// A case whose answer is not the expected one.
  public struct Failure: Sendable {
    public var id: String
    public var differences: [String]
  }

  public var name: String
  public var caseCount: Int
  public var isImplemented: Bool
  public var failures: [Failure]

  public var passedCount: Int { isImplemented ? caseCount - failures.count : 0 }
}

/// Runs conformance cases against the functions of the product.
public enum ConformanceRun {
  /// The result of one file; a case that cannot be read is a failure, a line that is none throws.
  public static func result(of file: ConformanceFile) throws -> FamilyResult {
    guard let family = FamilyCatalog.all.first(where: { $0.name == file.name }) else {
      return FamilyResult(
        name: file.name, caseCount: file.count, isImplemented: false, failures: [])
    }
    let cases = try file.cases()
    let failures = cases.compactMap { failure(of: $0, in: family) }
    return FamilyResult(
      name: file.name, caseCount: cases.count, isImplemented: true, failures: failures)
  }

  private static func failure(
    of each: ConformanceCase, in family: any Family.Type
  ) -> FamilyResult.Failure? {
    do {
      let actual = try family.answer(to: each.input)
      let differences = try family.differences(
        input: each.input, expected: each.expected, actual: actual)
      if differences.isEmpty { return nil }
      return .init(id: each.id, differences: differences.map(\.description))
    } catch {
      return .init(id: each.id, differences: ["the case cannot be answered: \(error)"])
    }
  }

  /// One line per family and below it the first differences.
  public static func report(_ result: FamilyResult, differencesMax: Int = 3) -> String {
    let name = result.name.padded(to: 34)
    if !result.isImplemented {
      return "\(name)not yet implemented (\(result.caseCount) cases)"
    }
    var lines = [
      "\(name)passed \(String(result.passedCount).leftPadded(to: 5))"
        + "  failed \(String(result.failures.count).leftPadded(to: 5))"
    ]
    for failure in result.failures.prefix(differencesMax) {
      lines.append("  \(failure.id)")
      lines += failure.differences.prefix(5).map { "    \($0)" }
      let more = failure.differences.count - 5
      if more > 0 { lines.append("    and \(more) more differences") }
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }

  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
