import ClusterAPI
import Units

extension HorizontalPodAutoscalerStatus {
  enum ConditionType: String {
    case ableToScale = "AbleToScale"
    case scalingActive = "ScalingActive"
    case scalingLimited = "ScalingLimited"
  }

  /// `setConditionInList`: reason and message are renewed, the time only with the status.
  mutating func set(
    _ type: ConditionType, _ status: Condition.Status, _ reason: String, _ message: String,
    at now: Instant
  ) {
    let time = Timestamp(now)
    guard let index = conditions.firstIndex(where: { $0.type == type.rawValue }) else {
      conditions.append(
        Condition(
          type: type.rawValue, status: status, reason: reason, message: message,
          lastUpdateTime: time, lastTransitionTime: time))
      return
    }
    if conditions[index].status != status { conditions[index].lastTransitionTime = time }
    conditions[index].status = status
    conditions[index].reason = reason
    conditions[index].message = message
  }
}
