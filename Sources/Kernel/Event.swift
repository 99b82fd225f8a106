/// What happens at a moment of simulated time: a kind, the slot it concerns, and that slot's generation.
///
/// Eight bytes without references, so that a million pending events are plain memory and a queue is
/// copied by `memcpy`. Who handles it is decided by a `switch` over `kind`.
///
/// Cancellation is the slot owner's: it keeps a generation per slot, stamps it on what it pushes and
/// raises it to cancel. A popped event whose stamp is not the slot's own (`isStale(against:)`) is
/// skipped. Nothing is ever searched for in the queue. The generation wraps after 65,536
/// cancellations of one slot, so a slot must not leave that many stale events pending.
@frozen
public struct Event: Equatable, Sendable {
  /// `extra` (8 bits), `kind` (8), `generation` (16), `slot` (32), from the highest bit down.
  public var raw: UInt64

  @inlinable public init(raw: UInt64) { self.raw = raw }

  @inlinable
  public init(kind: UInt8, slot: UInt32, generation: UInt16 = 0, extra: UInt8 = 0) {
    raw =
      UInt64(slot) | UInt64(generation) &<< 32 | UInt64(kind) &<< 48 | UInt64(extra) &<< 56
  }

  /// Index into the table that the kind implies.
  @inlinable public var slot: UInt32 {
    get { UInt32(truncatingIfNeeded: raw) }
    set { raw = raw & ~0xffff_ffff | UInt64(newValue) }
  }

  /// The slot's generation when the event was pushed.
  @inlinable public var generation: UInt16 {
    get { UInt16(truncatingIfNeeded: raw &>> 32) }
    set { raw = raw & ~(0xffff &<< 32) | UInt64(newValue) &<< 32 }
  }

  /// Selects the handler.
  @inlinable public var kind: UInt8 {
    get { UInt8(truncatingIfNeeded: raw &>> 48) }
    set { raw = raw & ~(0xff &<< 48) | UInt64(newValue) &<< 48 }
  }

  /// Free for the handler: an attempt number, a container's index.
  @inlinable public var extra: UInt8 {
    get { UInt8(truncatingIfNeeded: raw &>> 56) }
    set { raw = raw & ~(0xff &<< 56) | UInt64(newValue) &<< 56 }
  }

  /// Whether the slot has been cancelled or reused since the event was pushed.
  @inlinable
  public func isStale(against current: UInt16) -> Bool { generation != current }
}
