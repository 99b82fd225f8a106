public import Verdict
import ClusterAPI

/// The findings of a change: which are new, and which were there before.
public struct FindingComparison: Sendable {
  public enum Standing: String, Hashable, Sendable, CaseIterable {
    /// The change brings it.
    case new
    /// Base has it too, but only from a clearly higher value on.
    case worse
    /// Base has it alike.
    case wasSoBefore
    /// Base has it, and the change repairs it.
    case gone
    /// Base has it from a clearly lower value on.
    case better
  }

  public struct Row: Hashable, Sendable {
    public var finding: RehearsalFinding
    public var standing: Standing
    /// From which value on base has it, where it has.
    public var before: FindingCondition?
  }

  /// New ones first, the more severe ones first; gone ones last.
  public private(set) var rows: [Row] = []

  /// - Parameter base: nil: there is nothing to compare with, and what is found is new.
  public init(_ head: [RehearsalFinding], base: [RehearsalFinding]) {
    var old: [RehearsalFinding.Identity: RehearsalFinding] = [:]
    for finding in base { old[finding.identity] = finding }
    var seen: Set<RehearsalFinding.Identity> = []
    for finding in head where seen.insert(finding.identity).inserted {
      let before = old[finding.identity]
      rows.append(
        Row(
          finding: finding, standing: FindingComparison.standing(finding, before),
          before: before?.condition))
    }
    for finding in base where seen.insert(finding.identity).inserted {
      rows.append(Row(finding: finding, standing: .gone, before: finding.condition))
    }
    let order = Standing.allCases
    rows = rows.enumerated().sorted { a, b in
      func rank(_ row: Row) -> (Int, Int) {
        (order.firstIndex(of: row.standing) ?? 0, -row.finding.severity.rawValue)
      }
      let (left, right) = (rank(a.element), rank(b.element))
      return left == right ? a.offset < b.offset : left < right
    }.map(\.element)
  }

  private static func standing(
    _ finding: RehearsalFinding, _ before: RehearsalFinding?
  ) -> Standing {
    guard let before else { return .new }
    guard case .above(let quantity, let value) = finding.condition,
      case .above(_, let other) = before.condition
    else { return finding.severity > before.severity ? .worse : .wasSoBefore }
    if quantity.isSafer(value, than: other) { return .better }
    return quantity.isSafer(other, than: value) ? .worse : .wasSoBefore
  }

  /// Those that the change brings or makes worse.
  public var brought: [Row] { rows.filter { $0.standing == .new || $0.standing == .worse } }
}
