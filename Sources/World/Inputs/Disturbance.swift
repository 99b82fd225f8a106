public import Units

/// What a fault does to the world: the closed list that `Chaos` compiles its faults to.
public enum Disturbance: Hashable, Sendable {
  /// Overrides the behaviour of every image that matches `image` (`*` is any text).
  case behaviour(image: String, BehaviourChange)
  /// The registry stops, or begins again, to deliver images that match.
  case registry(image: String, failing: Bool)
  /// Added latency of every API request, and the share that is refused (500).
  case apiServer(addedLatency: Span, refused: Ratio)
}

/// A change of what an image does from now on; a nil field leaves that part as it is.
public struct BehaviourChange: Hashable, Sendable {
  public var neverReady: Bool?
  /// Exits so long after it became ready.
  public var crashAfterReady: Span?
  /// Multiplies the start-up time.
  public var startupFactor: Ratio?

  public init() {}
}
