/// Something that must hold at every moment from the change to the end.
public protocol Invariant: Sendable {
  /// As it is written in a scenario's `invariants`.
  static var name: String { get }
  static var documentation: String { get }
  static func check(_ trace: RunTrace) -> Finding
}

/// Every invariant that a scenario can name.
public enum InvariantCatalog {
  public static let all: [any Invariant.Type] = [
    MinAvailableHeld.self,
    NoRequestLost.self,
    OnlyServingPodsGetTraffic.self,
    SurgeBound.self,
  ]

  public static func invariant(_ name: String) -> (any Invariant.Type)? {
    all.first { $0.name == name }
  }
}
