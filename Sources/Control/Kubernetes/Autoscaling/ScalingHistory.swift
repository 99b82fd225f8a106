public import Units

/// What an autoscaler remembers of the past; a restart of the controller manager loses it.
public struct ScalingHistory: Hashable, Sendable {
  /// What the metrics asked for, before any limit.
  public struct Recommendation: Hashable, Sendable {
    public var replicas: Int
    public var at: Instant

    public init(replicas: Int, at: Instant) {
      self.replicas = replicas
      self.at = at
    }
  }

  /// A change of the size that the autoscaler made.
  public struct Event: Hashable, Sendable {
    /// Positive in both lists.
    public var change: Int
    public var at: Instant
    /// Its place may be taken by the next event; until then it still counts.
    public var isOutdated: Bool

    public init(change: Int, at: Instant, isOutdated: Bool = false) {
      self.change = change
      self.at = at
      self.isOutdated = isOutdated
    }
  }

  /// In the order of their places, which is not that of time.
  public var recommendations: [Recommendation] = []
  public var ups: [Event] = []
  public var downs: [Event] = []

  public init() {}
}

extension ScalingHistory {
  /// `recordInitialRecommendation`: the first sync takes the size it finds for a recommendation.
  mutating func begin(with replicas: Int, at now: Instant) {
    if recommendations.isEmpty {
      recommendations = [Recommendation(replicas: replicas, at: now)]
    }
  }

  /// Puts a recommendation into the last place that is old, else into a new one.
  mutating func record(_ replicas: Int, at now: Instant, isOld: (Recommendation) -> Bool) {
    let next = Recommendation(replicas: replicas, at: now)
    if let place = recommendations.lastIndex(where: isOld) {
      recommendations[place] = next
    } else {
      recommendations.append(next)
    }
  }
}
