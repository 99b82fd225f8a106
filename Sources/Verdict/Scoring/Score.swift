import Units

/// A number of 0..100 with the parts that it is made of; `docs/scoring.md` publishes the formula.
public struct Score: Hashable, Sendable {
  public struct Part: Hashable, Sendable {
    public var name: String
    /// Points taken off, 0 or more.
    public var points: Int
    public var detail: String

    public init(_ name: String, points: Int, _ detail: String) {
      self.name = name
      self.points = points
      self.detail = detail
    }
  }

  public var parts: [Part]

  public var value: Int { max(0, 100 - parts.reduce(0) { $0 + $1.points }) }

  public init(
    settlement: Settlement?, decisions: [DecisionQuality], defects: [RestorationDefect]?,
    findings: [Finding], harm: Harm, twinHarm: Harm?, isLeftWorse: Bool = false
  ) {
    parts = [
      Score.decision(settlement, decisions, isLeftWorse),
      Score.restoration(settlement, defects ?? []),
      Score.invariants(findings), Score.harm(harm, twinHarm),
      Score.availability(harm, twinHarm),
    ]
  }

  /// 40 for an end that never came, 30 for a promotion, 20 for a rollback that is regretted.
  ///
  /// Where nobody decides, a change that leaves the service worse than its twin counts as a
  /// promotion that is regretted.
  private static func decision(
    _ settlement: Settlement?, _ decisions: [DecisionQuality], _ isLeftWorse: Bool
  ) -> Part {
    if settlement?.outcome == .stuck { return Part("decision", points: 40, "stuck") }
    let ratings = decisions.map(\.rating)
    if ratings.contains(.missed) { return Part("decision", points: 30, "missed") }
    if ratings.contains(.falseAlarm) { return Part("decision", points: 20, "false alarm") }
    if isLeftWorse { return Part("decision", points: 30, "nobody went back") }
    if ratings.contains(.notMeasured) { return Part("decision", points: 0, "not measured") }
    return Part("decision", points: 0, decisions.isEmpty ? "nothing to decide" : "right")
  }

  /// 10 for each defect of a rollback, at most 30; a promotion is meant to leave differences.
  private static func restoration(
    _ settlement: Settlement?, _ defects: [RestorationDefect]
  ) -> Part {
    guard settlement?.outcome == .rolledBack else {
      return Part("restoration", points: 0, "not rolled back")
    }
    return Part(
      "restoration", points: min(30, 10 * defects.count), "\(defects.count) defects")
  }

  /// 10 for each broken invariant, at most 20.
  private static func invariants(_ findings: [Finding]) -> Part {
    let broken = findings.filter { $0.result != .met && InvariantCatalog.invariant($0.name) != nil }
    return Part("invariants", points: min(20, 10 * broken.count), "\(broken.count) broken")
  }

  /// One point for each twentieth of a per cent of requests that failed or were slow beyond the
  /// twin's, at most 20.
  private static func harm(_ harm: Harm, _ twin: Harm?) -> Part {
    let beyond = max(0, harm.ratio.ppm - (twin?.ratio.ppm ?? 0))
    let points = min(20, Int((beyond + 499) / 500))
    return Part(
      "harm", points: points,
      "\(Figures.count(harm.failed)) failed and \(Figures.count(harm.slow)) slow of "
        + Figures.count(harm.requests))
  }

  /// One point for each 6 s below the minimum beyond the twin's, at most 10.
  private static func availability(_ harm: Harm, _ twin: Harm?) -> Part {
    let beyond = max(.zero, harm.belowMinimum - (twin?.belowMinimum ?? .zero))
    let points = min(10, Int((beyond.ns + 5_999_999_999) / 6_000_000_000))
    return Part(
      "availability", points: points, "\(Figures.span(harm.belowMinimum)) below minimum")
  }
}
