import Kernel
public import Units

/// How much slower than usual a machine is at each moment, because others use it too.
///
/// All delays of the control plane that begin at a moment are longer by one factor. Its logarithm has a
/// value at every whole period and goes straight from each to the next.
public struct Slowness: Hashable, Sendable {
  /// Logarithms, from the start on; the last one stays. None: as fast as usual.
  public var values: [Double]
  public var period: Span

  public init(_ values: [Double], period: Span) {
    precondition(period > .zero, "a slowness without a period")
    self.values = values
    self.period = period
  }

  func logarithm(at now: Instant) -> Double {
    guard let last = values.last else { return 0 }
    let since = max(0, now.ns)
    let share = Double(since % period.ns) / Double(period.ns)
    func value(_ number: Int64) -> Double { number < values.count ? values[Int(number)] : last }
    let number = since / period.ns
    return (1 - share) * value(number) + share * value(number + 1)
  }
}

extension World {
  /// By what factor the delays that begin now are longer than usual.
  var slowness: Double {
    options.latencies.slowness.map { Math.exp($0.logarithm(at: queue.now)) } ?? 1
  }

  /// A delay that begins now.
  func slowed(_ span: Span) -> Span { span.slowed(slowness) }
}

extension Span {
  func slowed(_ factor: Double) -> Span {
    factor == 1 ? self : Span(ns: Int64(Double(ns) * factor))
  }
}

extension Latencies {
  /// From a write to its arrival at a watcher.
  ///
  /// - Parameter u: drawn, between 0 and 1.
  func watch(_ u: Double, slowness: Double) -> Span {
    (watch + Span(ns: Int64(Double(watchJitter.ns) * u))).slowed(slowness)
  }
}
