import ClusterAPI
public import Units

// A healthy container costs nothing: ticks that change nothing are passed over by arithmetic.
extension ContainerProbes {
  /// When a result changes next, if nothing else happens before; `never`: not at all.
  ///
  /// - Complexity: O(thresholds), not O(time).
  public func nextChange(_ rules: ProbeRules, _ outlook: some ProbeOutlook) -> Instant {
    var copy = self
    var outlook = outlook
    while true {
      copy.jump(rules, &outlook, before: .never)
      let at = copy.due
      if at == .never || !copy.step(rules, &outlook).isEmpty { return at }
    }
  }

  /// When a worker does anything next that may matter, if nothing else happens before: the next
  /// probe whose outcome is not known in advance, at the latest.
  public func nextStep(_ rules: ProbeRules, _ outlook: some ProbeOutlook) -> Instant {
    var copy = self
    var outlook = outlook
    copy.jump(rules, &outlook, before: .never)
    return copy.due
  }

  /// Passes over the time in which the container did not run; what results became then is of no
  /// interest any more.
  public mutating func catchUp(
    _ rules: ProbeRules, _ outlook: inout some ProbeOutlook, before limit: Instant
  ) {
    while true {
      jump(rules, &outlook, before: limit)
      if due >= limit { return }
      _ = step(rules, &outlook)
    }
  }

  /// Passes over what changes nothing before `limit`; whoever calls knows that no result changes
  /// until then. Afterwards the next step is due at `limit` or later.
  public mutating func advance(
    _ rules: ProbeRules, _ outlook: inout some ProbeOutlook, before limit: Instant
  ) {
    while true {
      jump(rules, &outlook, before: limit)
      if due >= limit { return }
      let at = due
      let changes = step(rules, &outlook)
      precondition(
        changes.isEmpty,
        "a \(changes.first?.kind.rawValue ?? "") probe changed its result at \(at.ns) ns unseen")
    }
  }

  /// Passes over steady ticks whose probes have ended before `limit`.
  private mutating func jump(
    _ rules: ProbeRules, _ outlook: inout some ProbeOutlook, before limit: Instant
  ) {
    for kind in ProbeKind.allCases {
      guard self[kind].due < limit, let rule = rules[kind],
        let (until, outcome, duration) = steady(kind, rule, rules, &outlook)
      else { continue }
      if until == .never && limit == .never {
        self[kind].due = .never
        continue
      }
      guard duration < rule.period, !self[kind].tickKept else { continue }
      let end = min(until, limit == .never ? until : limit - duration)
      let rest = (end - self[kind].nextTick).ns
      guard rest > 0 else { continue }
      // Ticks strictly before the end.
      self[kind].skip(rule, count: (rest + rule.period.ns - 1) / rule.period.ns, outcome: outcome)
    }
  }
}
