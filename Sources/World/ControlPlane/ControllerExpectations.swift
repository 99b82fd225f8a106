/// What a controller has still to see of its own creations and deletions of pods before it looks at
/// their number again (`controller.ControllerExpectations`, Kubernetes 1.36); a restart loses it.
public struct ControllerExpectations: Hashable, Sendable {
  /// How many pods of one owner the informers have ever shown, and how many leaving (deleted or ended).
  public struct Seen: Hashable, Sendable {
    public var created = 0
    public var deleted = 0
    public init() {}

    static func += (sum: inout Seen, other: Seen) {
      sum.created += other.created
      sum.deleted += other.deleted
    }
  }

  private var expected = Seen()

  public init() {}

  func areSatisfied(by seen: Seen) -> Bool {
    seen.created >= expected.created && seen.deleted >= expected.deleted
  }

  mutating func expect(creations: Int, after seen: Seen) {
    expected.created = seen.created + creations
  }

  mutating func expect(deletions: Int, after seen: Seen) {
    expected.deleted = seen.deleted + deletions
  }
}
