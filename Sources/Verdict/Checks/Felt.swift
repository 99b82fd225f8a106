import Units

extension Checks {
  /// What must go wrong: each limit and invariant turned round, under the name `felt`.
  static func felt(
    _ felt: Expectation.Felt, _ settlement: Settlement?, _ trace: RunTrace
  ) -> [Finding] {
    var findings: [Finding] = []
    if let bound = felt.longerThan { findings.append(within(bound, settlement, trace)) }
    findings += felt.objectives.map { objective($0, trace) }
    findings += felt.invariants.compactMap { InvariantCatalog.invariant($0)?.check(trace) }
    return findings.map { finding in
      switch finding.result {
      case .broken: Finding("felt", .met, "\(finding.name) not kept, as wanted: \(finding.detail)")
      case .met:
        Finding("felt", .broken, "\(finding.name) kept, so nothing was felt: \(finding.detail)")
      case .inconclusive: Finding("felt", .inconclusive, finding.detail)
      }
    }
  }
}
