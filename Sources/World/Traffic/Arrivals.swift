import Units

/// When requests of a load arrive: inverts the integral of its piecewise linear curve exactly.
///
/// The wait for the next arrival ends when the integral has grown by an amount: exponential with mean
/// 1 for a Poisson process (inversion, as in Çinlar, "Introduction to Stochastic Processes", 1975),
/// 1 for even gaps. Only + - * / and the square root, so equal on every machine.
struct Arrivals: Sendable {
  /// Linear from `start` to `end`; rates are requests per nanosecond.
  struct Segment: Sendable {
    var start: Int64
    var end: Int64
    var rate: Double
    var slope: Double
  }

  var segments: [Segment] = []
  /// The segment of `from`.
  var cursor = 0
  var factor = 1.0
  /// Where the wait for the next arrival began, and what is rounded off it.
  var from: Int64 = 0
  var carry = 0.0
  /// By how much the integral grows until the next arrival.
  var amount = 0.0

  /// Beyond this, an arrival never comes.
  static var horizon: Double { 0x1p59 }

  init(_ curve: LoadCurve) {
    let points = curve.points
    for (index, point) in points.enumerated() {
      let rate = Double(point.milliRate) * 1e-12
      guard index + 1 < points.count else {
        segments.append(Segment(start: point.at.ns, end: .max, rate: rate, slope: 0))
        break
      }
      let next = points[index + 1]
      precondition(next.at >= point.at, "load curve: points descend in time")
      guard next.at > point.at else { continue }
      let slope = (Double(next.milliRate) * 1e-12 - rate) / Double(next.at.ns - point.at.ns)
      segments.append(Segment(start: point.at.ns, end: next.at.ns, rate: rate, slope: slope))
    }
    if segments[0].start > 0 {
      segments.insert(Segment(start: 0, end: segments[0].start, rate: 0, slope: 0), at: 0)
    }
  }

  /// Sets out from `from` and returns when the integral has grown by `amount`; nil: never.
  @inline(__always)
  mutating func next(from start: Int64, amount wanted: Double) -> Int64? {
    while segments[cursor].end <= start { cursor += 1 }
    from = start
    amount = wanted
    var at = start
    var rest = wanted
    var index = cursor
    while true {
      let segment = segments[index]
      let rate = (segment.rate + segment.slope * Double(at - segment.start)) * factor
      if segment.end == .max {
        guard rate > 0 else { return nil }
        return round(at, rest / rate, limit: .max)
      }
      let slope = segment.slope * factor
      let length = Double(segment.end - at)
      let area = (rate + 0.5 * slope * length) * length
      if area >= rest && area > 0 {
        let root = max(rate * rate + 2 * slope * rest, 0).squareRoot()
        let wait = rest > 0 ? 2 * rest / (rate + root) : 0
        return round(at, wait, limit: segment.end)
      }
      rest -= max(area, 0)
      at = segment.end
      index += 1
    }
  }

  @inline(__always)
  private mutating func round(_ at: Int64, _ wait: Double, limit: Int64) -> Int64? {
    let exact = max(wait + carry, 0)
    guard exact < Arrivals.horizon, Double(at) + exact < Arrivals.horizon else { return nil }
    let whole = Int64(exact + 0.5)
    carry = exact - Double(whole)
    return min(at + whole, limit)
  }

  /// Changes the factor at a moment before the next arrival; returns when that arrives now.
  mutating func change(factor new: Double, at now: Int64) -> Int64? {
    let rest = max(amount - integral(from: from, to: now), 0)
    factor = new
    return next(from: now, amount: rest)
  }

  /// Expected number of arrivals in `from..<to`, at the present factor.
  func integral(from start: Int64, to end: Int64) -> Double {
    var total = 0.0
    for segment in segments where segment.start < end && segment.end > start {
      let low = max(start, segment.start)
      let length = Double(min(end, segment.end) - low)
      let rate = segment.rate + segment.slope * Double(low - segment.start)
      total += (rate + 0.5 * segment.slope * length) * length
    }
    return total * factor
  }
}
