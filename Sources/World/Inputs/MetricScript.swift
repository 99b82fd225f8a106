public import ClusterAPI
public import Units

/// What the metrics APIs answer for one metric, over time.
///
/// A running pod that is not being deleted reports; any other one does not.
public struct MetricScript: Hashable, Sendable {
  public enum Subject: Hashable, Sendable {
    /// `cpu` or `memory` of the pods of a workload.
    case resource(String, of: ObjectKey)
    /// A custom metric of the pods of a workload.
    case pods(String, of: ObjectKey)
    /// A custom metric of one object.
    case object(String, kind: String, name: String)
    case external(String)
  }

  public enum Sharing: String, Hashable, Sendable {
    /// Every pod that reports has the value.
    case perPod
    /// The ready pods share the value evenly, rounded to whole thousandths; the others report 0.
    case total
  }

  /// From an instant on, so many thousandths.
  public struct Step: Hashable, Sendable {
    public var at: Instant
    public var milli: Int64

    public init(at: Instant, milli: Int64) {
      self.at = at
      self.milli = milli
    }
  }

  /// From `from` until before `to` some pods do not report.
  public struct Gap: Hashable, Sendable {
    public var from: Instant
    public var to: Instant
    /// By number in the order in which the workload's pods were made, from 0; nil: nobody reports.
    public var pods: [Int]?

    public init(from: Instant, to: Instant, pods: [Int]? = nil) {
      self.from = from
      self.to = to
      self.pods = pods
    }
  }

  /// What was answered from an instant on, pod by pod.
  public struct Reading: Hashable, Sendable {
    public struct Value: Hashable, Sendable {
      /// By number, as in a gap.
      public var pod: Int
      public var milli: Int64

      public init(pod: Int, milli: Int64) {
        self.pod = pod
        self.milli = milli
      }
    }

    public var at: Instant
    public var values: [Value]

    public init(at: Instant, values: [Value]) {
      self.at = at
      self.values = values
    }
  }

  public var subject: Subject
  public var sharing: Sharing
  /// Ascending; before the first one there is no value.
  public var steps: [Step]
  public var gaps: [Gap] = []
  /// Ascending; where there are some, they are the answers and the steps are not looked at.
  public var readings: [Reading] = []
  /// Over which each value is said to be measured.
  public var window = Span.seconds(15)

  public init(_ subject: Subject, sharing: Sharing = .perPod, steps: [Step] = []) {
    self.subject = subject
    self.sharing = sharing
    self.steps = steps
  }

  func value(at now: Instant) -> Int64? { steps.last { $0.at <= now }?.milli }

  /// Whether a pod with this number reports.
  func isOpen(_ pod: Int, at now: Instant) -> Bool {
    !gaps.contains { $0.from <= now && now < $0.to && $0.pods?.contains(pod) != false }
  }
}
