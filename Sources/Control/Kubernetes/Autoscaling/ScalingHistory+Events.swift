public import ClusterAPI
public import Units

extension ScalingHistory {
  /// `storeScaleEvent`: remembers a change that was written, in the list of its direction.
  ///
  /// Events that are older than the longest period of that direction's policies give up their
  /// places, though a policy of the other direction may look further back.
  public mutating func note(
    from before: Int, to after: Int, behavior: ScalingBehavior, at now: Instant
  ) {
    if after > before {
      ScalingHistory.add(after - before, to: &ups, behavior.scaleUp, now)
    } else {
      ScalingHistory.add(before - after, to: &downs, behavior.scaleDown, now)
    }
  }

  private static func add(
    _ change: Int, to events: inout [Event], _ rules: ScalingRules?, _ now: Instant
  ) {
    let longest = (rules?.policies ?? []).map(\.periodSeconds).max() ?? 0
    let cutoff = now - .seconds(Int64(longest))
    for index in events.indices where events[index].at < cutoff { events[index].isOutdated = true }
    let event = Event(change: change, at: now)
    if let place = events.lastIndex(where: \.isOutdated) {
      events[place] = event
    } else {
      events.append(event)
    }
  }

  /// The size at the begin of a period that ends now, as far as the autoscaler changed it.
  func replicas(before period: Span, of now: Instant, current: Int) -> Int {
    let cutoff = now - period
    let sum = { (events: [Event]) in events.reduce(0) { $1.at > cutoff ? $0 + $1.change : $0 } }
    return current - sum(ups) + sum(downs)
  }
}
