/// A running 64-bit digest of a trace: equal traces have equal digests in every process and on every machine.
///
/// Absorbs pairs of words, in order: for instance an event's time and its payload. Each step is a
/// bijection of the state, so nothing that was absorbed is ever lost; not meant against forgery.
@frozen
public struct TraceDigest: Equatable, Sendable {
  public var state: UInt64
  /// Pairs absorbed so far.
  public var count: UInt64

  /// The digest of an empty trace.
  @inlinable public init() {
    state = 0x243f_6a88_85a3_08d3
    count = 0
  }

  @inlinable @inline(__always)
  public mutating func absorb(_ a: UInt64, _ b: UInt64) {
    let other = b &* 0xd6e8_feb8_6659_fd93
    let word = (a &* 0xbf58_476d_1ce4_e5b9) ^ (other &>> 32 | other &<< 32)
    state = ((state &>> 37 | state &<< 27) ^ word) &* 0x9e37_79b9_7f4a_7c15
    count &+= 1
  }

  /// The digest of all that was absorbed.
  @inlinable public var value: UInt64 { mix64(state ^ mix64(count)) }
}

extension TraceDigest: CustomStringConvertible {
  /// Sixteen hexadecimal digits.
  public var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
