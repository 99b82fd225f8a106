/// Hashes the name of a random draw's cause: owner, revision, ordinal; arrival, attempt.
///
/// The same in every process and on every machine, unlike Swift's `Hasher`. A string counts with its
/// length and an integer as one word, so ("ab", "c") and ("a", "bc") are different causes.
///
/// ```swift
/// let cause = CauseHash().with("shop/web").with(revision).with(ordinal).value
/// ```
@frozen
public struct CauseHash: Equatable, Sendable {
  public var state: UInt64

  /// The hash of no name at all.
  @inlinable public init() { state = 0xcbf2_9ce4_8422_2325 }

  /// Goes on from a name hashed before.
  @inlinable public init(state: UInt64) { self.state = state }

  /// The scrambled hash of all that was combined.
  @inlinable public var value: UInt64 { mix64(state) }

  @inlinable
  public mutating func combine(_ word: UInt64) {
    state = (state ^ mix64(word &+ 0x9e37_79b9_7f4a_7c15)) &* 0x0000_0100_0000_01b3
    state ^= state &>> 32
  }

  @inlinable public mutating func combine(_ number: Int) {
    combine(UInt64(bitPattern: Int64(number)))
  }

  @inlinable public mutating func combine(_ number: UInt32) { combine(UInt64(number)) }

  /// Combines the string's UTF-8 bytes, unnormalised, eight at a time, then their number.
  public mutating func combine(_ text: String) {
    var word: UInt64 = 0
    var bytes: UInt64 = 0
    for byte in text.utf8 {
      word = word &<< 8 | UInt64(byte)
      bytes += 1
      if bytes & 7 == 0 {
        combine(word)
        word = 0
      }
    }
    if bytes & 7 != 0 { combine(word) }
    combine(bytes)
  }

  @inlinable public func with(_ word: UInt64) -> CauseHash {
    var copy = self
    copy.combine(word)
    return copy
  }

  @inlinable public func with(_ number: Int) -> CauseHash {
    with(UInt64(bitPattern: Int64(number)))
  }

  @inlinable public func with(_ number: UInt32) -> CauseHash { with(UInt64(number)) }

  public func with(_ text: String) -> CauseHash {
    var copy = self
    copy.combine(text)
    return copy
  }
}
