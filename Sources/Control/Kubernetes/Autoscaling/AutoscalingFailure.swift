public import ClusterAPI

/// Why a sync of an autoscaler did not end as it should.
public enum AutoscalingFailure: Hashable, Sendable {
  case scaleUnreadable
  case scaleUnwritable(Refusal)
  case statusUnwritable(Refusal)
  /// The target's selector is empty.
  case noSelector
  /// More than one autoscaler scales the same pods.
  case ambiguousSelector(rivals: [String])
  /// The first metric that failed; the others may have given a size.
  case metric(reason: String, MetricFailure)
}

extension AutoscalingFailure {
  /// `validateAndParseSelector`; nil: the selector will do.
  init?(selecting selector: LabelSelector, rivals: [String]) {
    if selector == LabelSelector() {
      self = .noSelector
    } else if !rivals.isEmpty {
      self = .ambiguousSelector(rivals: rivals)
    } else {
      return nil
    }
  }

  /// In the condition that reports it.
  var reason: String {
    switch self {
    case .scaleUnreadable: "FailedGetScale"
    case .scaleUnwritable: "FailedUpdateScale"
    case .statusUnwritable: "FailedUpdateStatus"
    case .noSelector: "InvalidSelector"
    case .ambiguousSelector: "AmbiguousSelector"
    case .metric(let reason, _): reason
    }
  }

  var words: String {
    switch self {
    case .scaleUnreadable: "the scale of the target could not be read"
    case .scaleUnwritable(let refusal):
      "the scale of the target could not be written: \(refusal.message)"
    case .statusUnwritable(let refusal): "the status could not be written: \(refusal.message)"
    case .noSelector: "the target has no selector"
    case .ambiguousSelector(let rivals):
      "its pods are scaled by \(rivals.joined(separator: ", ")) too"
    case .metric(_, let failure): "no size could be calculated: \(failure.words)"
    }
  }
}
