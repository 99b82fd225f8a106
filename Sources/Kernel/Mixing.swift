/// Bijective scrambling of 64 bits in which each input bit flips each output bit half of the time.
///
/// The finaliser of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
/// 2014; David Stafford's mix 13).
@inlinable @inline(__always)
public func mix64(_ value: UInt64) -> UInt64 {
  var z = value
  z = (z ^ (z &>> 30)) &* 0xbf58_476d_1ce4_e5b9
  z = (z ^ (z &>> 27)) &* 0x94d0_49bb_1331_11eb
  return z ^ (z &>> 31)
}

/// Where the stream of (seed, purpose, cause) starts.
@inlinable @inline(__always)
func streamState(seed: UInt64, purpose: UInt64, cause: UInt64) -> UInt64 {
  let key = mix64(seed &+ 0x9e37_79b9_7f4a_7c15 &* (mix64(purpose) | 1))
  return mix64(key &+ 0x9e37_79b9_7f4a_7c15 &* (mix64(cause) | 1))
}

/// The draw number `index` of the stream of (seed, purpose, cause), without a stream.
///
/// Equals what `RandomStream(seed:purpose:cause:)` returns from `next()` after `index` others.
@inlinable @inline(__always)
public func draw(seed: UInt64, purpose: UInt64, cause: UInt64, index: UInt64) -> UInt64 {
  mix64(
    streamState(seed: seed, purpose: purpose, cause: cause)
      &+ 0x9e37_79b9_7f4a_7c15 &* (index &+ 1))
}
