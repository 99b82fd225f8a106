import Arguments
import ClusterAPI
import Recording

/// What `wavetank rehearse` writes to standard output.
enum RehearsalOutput: String, CaseIterable, ExpressibleByArgument {
  case text, json, markdown, sarif, junit

  /// Whether it tells of findings alone, so that no situation has to be run for it.
  var isAboutFindings: Bool { self == .markdown || self == .sarif || self == .junit }
}

/// From which severity on a new finding fails a rehearsal.
enum FailOn: String, CaseIterable, ExpressibleByArgument {
  case error, warning, note, never

  /// nil: none fails.
  var severity: FindingsRecord.Severity? { FindingsRecord.Severity(rawValue: rawValue) }

  func includes(_ other: FindingsRecord.Severity) -> Bool {
    guard let severity else { return false }
    let order = FindingsRecord.Severity.allCases
    return order.firstIndex(of: other) ?? 0 <= order.firstIndex(of: severity) ?? 0
  }
}

extension ClusterObject {
  /// Whether it is a workload.
  var makesPods: Bool {
    switch self {
    case .deployment, .statefulSet, .daemonSet, .job, .pod: true
    default: false
    }
  }
}
