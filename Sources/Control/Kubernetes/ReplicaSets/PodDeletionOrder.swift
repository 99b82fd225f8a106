public import Units

/// Which pod a ReplicaSet gives up first (`controller.ActivePodsWithRanks`, Kubernetes 1.36).
public struct PodRank: Hashable, Sendable {
  public enum Phase: UInt8, Comparable, Hashable, Sendable {
    case pending, unknown, running

    public static func < (a: Phase, b: Phase) -> Bool { a.rawValue < b.rawValue }
  }

  public var assigned: Bool
  public var phase: Phase
  public var ready: Bool
  /// Annotation `controller.kubernetes.io/pod-deletion-cost`; 0 when unset or invalid.
  public var deletionCost: Int64
  /// Active pods of the same Deployment on the pod's node.
  public var rank: Int
  /// Age of the last Ready transition; nil: zero time.
  public var readyAge: Span?
  public var maxRestarts: Int
  /// Age of the object; nil: zero time.
  public var creationAge: Span?
  public var uid: String

  public init(
    assigned: Bool, phase: Phase, ready: Bool, deletionCost: Int64 = 0, rank: Int, readyAge: Span?,
    maxRestarts: Int, creationAge: Span?, uid: String
  ) {
    self.assigned = assigned
    self.phase = phase
    self.ready = ready
    self.deletionCost = deletionCost
    self.rank = rank
    self.readyAge = readyAge
    self.maxRestarts = maxRestarts
    self.creationAge = creationAge
    self.uid = uid
  }

  /// Whether `a` is deleted before `b`; neither of two equivalent pods is.
  public static func goesFirst(_ a: PodRank, _ b: PodRank) -> Bool {
    if a.assigned != b.assigned { return !a.assigned }
    if a.phase != b.phase { return a.phase < b.phase }
    if a.ready != b.ready { return !a.ready }
    if a.deletionCost != b.deletionCost { return a.deletionCost < b.deletionCost }
    if a.rank != b.rank { return a.rank > b.rank }
    if a.ready, b.ready, a.readyAge != b.readyAge {
      return isYounger(a.readyAge, b.readyAge, a.uid, b.uid)
    }
    if a.maxRestarts != b.maxRestarts { return a.maxRestarts > b.maxRestarts }
    if a.creationAge != b.creationAge {
      return isYounger(a.creationAge, b.creationAge, a.uid, b.uid)
    }
    return false
  }

  /// Compares ages by their power of two in nanoseconds (LogarithmicScaleDown); ties by uid.
  private static func isYounger(_ a: Span?, _ b: Span?, _ uidA: String, _ uidB: String) -> Bool {
    guard let a else { return true }
    guard let b else { return false }
    let (x, y) = (bucket(a), bucket(b))
    return x == y ? uidA.utf8.lexicographicallyPrecedes(uidB.utf8) : x < y
  }

  private static func bucket(_ age: Span) -> Int {
    age.ns <= 0 ? -1 : 63 - age.ns.leadingZeroBitCount
  }
}
