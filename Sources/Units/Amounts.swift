/// An amount of memory or data in bytes.
@frozen
public struct Bytes: Comparable, Hashable, Sendable {
  public var count: Int64

  @inlinable public init(_ count: Int64) { self.count = count }
  @inlinable public static func kibi(_ n: Int64) -> Bytes { Bytes(n << 10) }
  @inlinable public static func mebi(_ n: Int64) -> Bytes { Bytes(n << 20) }
  @inlinable public static func gibi(_ n: Int64) -> Bytes { Bytes(n << 30) }
  @inlinable public static var zero: Bytes { Bytes(0) }

  @inlinable public static func < (a: Bytes, b: Bytes) -> Bool { a.count < b.count }
  @inlinable public static func + (a: Bytes, b: Bytes) -> Bytes { Bytes(a.count + b.count) }
  @inlinable public static func - (a: Bytes, b: Bytes) -> Bytes { Bytes(a.count - b.count) }
  @inlinable public static func += (a: inout Bytes, b: Bytes) { a.count += b.count }
  @inlinable public static func -= (a: inout Bytes, b: Bytes) { a.count -= b.count }
}

/// An amount of CPU in thousandths of a core.
@frozen
public struct MilliCPU: Comparable, Hashable, Sendable {
  public var count: Int64

  @inlinable public init(_ count: Int64) { self.count = count }
  @inlinable public static func cores(_ n: Int64) -> MilliCPU { MilliCPU(n * 1000) }
  @inlinable public static var zero: MilliCPU { MilliCPU(0) }

  @inlinable public static func < (a: MilliCPU, b: MilliCPU) -> Bool { a.count < b.count }
  @inlinable public static func + (a: MilliCPU, b: MilliCPU) -> MilliCPU {
    MilliCPU(a.count + b.count)
  }
  @inlinable public static func - (a: MilliCPU, b: MilliCPU) -> MilliCPU {
    MilliCPU(a.count - b.count)
  }
  @inlinable public static func += (a: inout MilliCPU, b: MilliCPU) { a.count += b.count }
  @inlinable public static func -= (a: inout MilliCPU, b: MilliCPU) { a.count -= b.count }
}

/// A share in parts per million: an integer, so that thresholds compare exactly.
@frozen
public struct Ratio: Codable, Comparable, Hashable, Sendable {
  public var ppm: Int64

  @inlinable public init(ppm: Int64) { self.ppm = ppm }
  /// `part / whole`, rounded to the nearest part per million; 0 when `whole` is 0.
  @inlinable public init(_ part: Int64, of whole: Int64) {
    ppm = whole == 0 ? 0 : (part * 1_000_000 + whole / 2) / whole
  }
  /// Rounded to the nearest part per million.
  @inlinable public init(rounding value: Double) { ppm = Int64((value * 1e6).rounded()) }

  @inlinable public static var zero: Ratio { Ratio(ppm: 0) }
  @inlinable public static var one: Ratio { Ratio(ppm: 1_000_000) }
  @inlinable public var value: Double { Double(ppm) / 1e6 }
  @inlinable public static func < (a: Ratio, b: Ratio) -> Bool { a.ppm < b.ppm }
}
