public import Units

/// What a taint does to pods that do not tolerate it.
public enum TaintEffect: Hashable, Sendable {
  case noSchedule
  case preferNoSchedule
  case noExecute
  /// A word that Kubernetes does not know: kept, and equal to itself only.
  case other(String)

  public init(_ raw: String) {
    switch raw {
    case "NoSchedule": self = .noSchedule
    case "PreferNoSchedule": self = .preferNoSchedule
    case "NoExecute": self = .noExecute
    default: self = .other(raw)
    }
  }

  /// The word in a manifest.
  public var raw: String {
    switch self {
    case .noSchedule: "NoSchedule"
    case .preferNoSchedule: "PreferNoSchedule"
    case .noExecute: "NoExecute"
    case .other(let raw): raw
    }
  }
}

/// A mark on a node that keeps away pods without a matching toleration.
public struct Taint: Hashable, Sendable {
  public var key: String
  public var value: String
  public var effect: TaintEffect
  public var timeAdded: Timestamp?

  public init(
    key: String, value: String = "", effect: TaintEffect, timeAdded: Timestamp? = nil
  ) {
    self.key = key
    self.value = value
    self.effect = effect
    self.timeAdded = timeAdded
  }
}

/// How a toleration compares itself with a taint.
public enum TolerationOperator: Hashable, Sendable {
  case equal
  case exists
  /// A word outside the default feature gates of 1.36, `Lt` and `Gt` too: tolerates nothing.
  case other(String)

  /// The empty word means `Equal`.
  public init(_ raw: String) {
    switch raw {
    case "", "Equal": self = .equal
    case "Exists": self = .exists
    default: self = .other(raw)
    }
  }

  /// The word in a manifest.
  public var raw: String {
    switch self {
    case .equal: "Equal"
    case .exists: "Exists"
    case .other(let raw): raw
    }
  }
}

/// A pod's permission to run on nodes with a matching taint.
public struct Toleration: Hashable, Sendable {
  /// Empty: any key.
  public var key: String
  public var op: TolerationOperator
  public var value: String
  /// `nil`: any effect.
  public var effect: TaintEffect?
  /// How long the pod stays after a `NoExecute` taint appears; `nil`: forever.
  public var tolerationSeconds: Int64?

  public init(
    key: String = "", op: TolerationOperator = .equal, value: String = "",
    effect: TaintEffect? = nil, tolerationSeconds: Int64? = nil
  ) {
    self.key = key
    self.op = op
    self.value = value
    self.effect = effect
    self.tolerationSeconds = tolerationSeconds
  }

  /// Whether this toleration covers `taint` (`Toleration.ToleratesTaint`).
  public func tolerates(_ taint: Taint) -> Bool {
    if let effect, effect != taint.effect { return false }
    if !key.isEmpty, key != taint.key { return false }
    switch op {
    case .equal: return value == taint.value
    case .exists: return true
    case .other: return false
    }
  }
}

extension [Toleration] {
  /// Whether any of the tolerations covers `taint`.
  public func tolerate(_ taint: Taint) -> Bool { contains { $0.tolerates(taint) } }

  /// The first of `taints` that keeps a pod off (`FindMatchingUntoleratedTaint`).
  ///
  /// Only `NoSchedule` and `NoExecute` keep a pod off.
  public func firstUntolerated(_ taints: [Taint]) -> Taint? {
    taints.first { taint in
      (taint.effect == .noSchedule || taint.effect == .noExecute) && !tolerate(taint)
    }
  }

  /// How many `PreferNoSchedule` taints none of the tolerations covers.
  ///
  /// Only tolerations for that effect or for any effect count (`countIntolerableTaintsPreferNoSchedule`).
  public func intolerableSoftCount(_ taints: [Taint]) -> Int {
    taints.count { $0.effect == .preferNoSchedule && !tolerate($0) }
  }
}
