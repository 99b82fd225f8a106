/// A length of time in integer nanoseconds; may be negative.
///
/// All arithmetic traps on overflow: 2^63 ns are 292 years, beyond every scenario.
@frozen
public struct Span: Codable, Comparable, Hashable, Sendable {
  /// Nanoseconds.
  public var ns: Int64

  @inlinable public init(ns: Int64) { self.ns = ns }

  @inlinable public static func microseconds(_ n: Int64) -> Span { Span(ns: n * 1_000) }
  @inlinable public static func milliseconds(_ n: Int64) -> Span { Span(ns: n * 1_000_000) }
  @inlinable public static func seconds(_ n: Int64) -> Span { Span(ns: n * 1_000_000_000) }
  @inlinable public static func minutes(_ n: Int64) -> Span { seconds(n * 60) }
  @inlinable public static func hours(_ n: Int64) -> Span { seconds(n * 3600) }
  @inlinable public static var zero: Span { Span(ns: 0) }

  /// Rounded to the nearest nanosecond; values outside the range of `Int64` saturate.
  @inlinable
  public static func seconds(rounding value: Double) -> Span {
    let ns = value * 1e9
    if ns >= 9.2e18 { return Span(ns: .max) }
    if ns <= -9.2e18 { return Span(ns: .min) }
    return Span(ns: Int64(ns.rounded()))
  }

  /// Seconds as a floating-point number, for display and for statistics.
  @inlinable public var seconds: Double { Double(ns) / 1e9 }

  @inlinable public static func < (a: Span, b: Span) -> Bool { a.ns < b.ns }
  @inlinable public static func + (a: Span, b: Span) -> Span { Span(ns: a.ns + b.ns) }
  @inlinable public static func - (a: Span, b: Span) -> Span { Span(ns: a.ns - b.ns) }
  @inlinable public static func * (a: Span, n: Int64) -> Span { Span(ns: a.ns * n) }
  @inlinable public static func / (a: Span, n: Int64) -> Span { Span(ns: a.ns / n) }
  @inlinable public static prefix func - (a: Span) -> Span { Span(ns: -a.ns) }
  @inlinable public static func += (a: inout Span, b: Span) { a.ns += b.ns }
  @inlinable public static func -= (a: inout Span, b: Span) { a.ns -= b.ns }
}

/// A moment of simulated time: nanoseconds since the scenario's epoch.
@frozen
public struct Instant: Codable, Comparable, Hashable, Sendable {
  /// Nanoseconds since the epoch of the scenario; 0 is its first instant.
  public var ns: Int64

  @inlinable public init(ns: Int64) { self.ns = ns }

  /// The first instant of a scenario.
  @inlinable public static var zero: Instant { Instant(ns: 0) }
  /// Later than every event.
  @inlinable public static var never: Instant { Instant(ns: .max) }

  /// Seconds since the scenario's epoch, for display and for statistics.
  @inlinable public var seconds: Double { Double(ns) / 1e9 }

  @inlinable public static func < (a: Instant, b: Instant) -> Bool { a.ns < b.ns }
  @inlinable public static func + (a: Instant, b: Span) -> Instant { Instant(ns: a.ns + b.ns) }
  @inlinable public static func - (a: Instant, b: Span) -> Instant { Instant(ns: a.ns - b.ns) }
  @inlinable public static func - (a: Instant, b: Instant) -> Span { Span(ns: a.ns - b.ns) }
  @inlinable public static func += (a: inout Instant, b: Span) { a.ns += b.ns }
}

/// A time as Kubernetes objects carry it: whole seconds, cut off.
///
/// Counted from the scenario's epoch, so that comparison with an `Instant` needs no calendar.
@frozen
public struct Timestamp: Codable, Comparable, Hashable, Sendable {
  /// Whole seconds since the scenario's epoch.
  public var seconds: Int64

  @inlinable public init(seconds: Int64) { self.seconds = seconds }
  /// The second in which `instant` lies (`metav1.Time` is stored without its fraction).
  @inlinable public init(_ instant: Instant) {
    let q = instant.ns / 1_000_000_000
    seconds = instant.ns < 0 && instant.ns % 1_000_000_000 != 0 ? q - 1 : q
  }

  @inlinable public var instant: Instant { Instant(ns: seconds * 1_000_000_000) }
  @inlinable public static func < (a: Timestamp, b: Timestamp) -> Bool { a.seconds < b.seconds }
}
