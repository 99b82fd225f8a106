/// A size within the limits, and what the condition ScalingLimited says of it.
public struct LimitedSize: Hashable, Sendable {
  public enum Reason: String, Hashable, Sendable {
    case desiredWithinRange = "DesiredWithinRange"
    case scaleUpLimit = "ScaleUpLimit"
    case scaleDownLimit = "ScaleDownLimit"
    case tooManyReplicas = "TooManyReplicas"
    case tooFewReplicas = "TooFewReplicas"

    /// In the message of the condition.
    var words: String {
      switch self {
      case .desiredWithinRange: "the desired size is within the limits"
      case .scaleUpLimit: "the desired size grows faster than it may"
      case .scaleDownLimit: "the desired size shrinks faster than it may"
      case .tooManyReplicas: "the desired size is above maxReplicas"
      case .tooFewReplicas: "the desired size is below minReplicas"
      }
    }
  }

  public var replicas: Int
  public var reason: Reason

  init(_ replicas: Int, _ reason: Reason) {
    self.replicas = replicas
    self.reason = reason
  }
}

/// A size held steady against the past, and what the condition AbleToScale says of it.
public struct StabilizedSize: Hashable, Sendable {
  public enum Reason: String, Hashable, Sendable {
    case scaleUpStabilized = "ScaleUpStabilized"
    case scaleDownStabilized = "ScaleDownStabilized"

    /// In the message of the condition.
    var words: String {
      switch self {
      case .scaleUpStabilized: "the lowest recent recommendation is applied"
      case .scaleDownStabilized: "the highest recent recommendation is applied"
      }
    }
  }

  public var replicas: Int
  /// Applies where the size differs from what was asked for.
  public var reason: Reason

  init(_ replicas: Int, _ reason: Reason) {
    self.replicas = replicas
    self.reason = reason
  }
}
