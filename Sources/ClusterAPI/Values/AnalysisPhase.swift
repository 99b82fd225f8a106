/// `AnalysisPhase` of Argo Rollouts; the later ones are worse.
public enum AnalysisPhase: String, Codable, Comparable, Hashable, Sendable, CaseIterable {
  case successful = "Successful"
  case running = "Running"
  case pending = "Pending"
  case inconclusive = "Inconclusive"
  case error = "Error"
  case failed = "Failed"

  /// Nothing is measured any more.
  public var isCompleted: Bool { self != .running && self != .pending }

  public static func < (a: AnalysisPhase, b: AnalysisPhase) -> Bool { a.rank < b.rank }

  private var rank: Int { AnalysisPhase.allCases.firstIndex(of: self) ?? 0 }
}
