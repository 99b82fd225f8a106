import Manifests
import Kernel
import Units
import World

extension LoadCurve {
  /// The same curve so much later; nothing before.
  func shifted(by offset: Span) -> LoadCurve {
    guard offset > .zero else { return self }
    let start = Instant.zero + offset
    let head = [Point(at: .zero, milliRate: 0), Point(at: start, milliRate: 0)]
    return LoadCurve(
      points: head + points.map { Point(at: $0.at + offset, milliRate: $0.milliRate) })
  }

  static func stages(_ stages: [CurveParts.Stage]) -> LoadCurve {
    var at = Instant.zero
    var points = [Point(at: at, milliRate: stages.first?.target ?? 0)]
    for stage in stages {
      at += stage.duration
      points.append(Point(at: at, milliRate: stage.target))
    }
    return LoadCurve(points: points)
  }

  static func spike(_ spike: CurveParts.Spike) -> LoadCurve {
    let up = Instant.zero + spike.at
    let down = up + spike.ramp + spike.length
    return LoadCurve(points: [
      Point(at: .zero, milliRate: spike.base), Point(at: up, milliRate: spike.base),
      Point(at: up + spike.ramp, milliRate: spike.peak), Point(at: down, milliRate: spike.peak),
      Point(at: down + spike.ramp, milliRate: spike.base),
    ])
  }

  /// Seven days of a sine in straight pieces, 48 to the period.
  static func diurnal(_ day: CurveParts.Diurnal) -> LoadCurve {
    var points: [Point] = []
    for step in 0...(48 * 7) {
      let at = Instant.zero + day.period / 48 * Int64(step)
      let phase = Double(step) / 48 - Double(day.peakAt.ns) / Double(day.period.ns)
      let height = (1 + cosine(turns: phase)) / 2
      let rate = Double(day.low) + height * Double(day.high - day.low)
      points.append(Point(at: at, milliRate: Int64(rate.rounded())))
    }
    return LoadCurve(points: points)
  }

  /// Cosine of a number of turns, by its series after reduction to an eighth of a turn; the
  /// platform's own differs between machines.
  private static func cosine(turns: Double) -> Double {
    var x = turns - turns.rounded()
    x = x < 0 ? -x : x
    let sign = x > 0.25 ? -1.0 : 1.0
    if x > 0.25 { x = 0.5 - x }
    let angle = 2 * Double.pi * x
    let square = angle * angle
    var (term, sum) = (1.0, 1.0)
    for k in 1...12 {
      term *= -square / Double((2 * k - 1) * (2 * k))
      sum += term
    }
    return sign * sum
  }
}

/// A load trace: lines of `seconds,requests per second`, with or without a header.
enum TraceFile {
  static func curve(
    _ bytes: [UInt8], _ path: String, _ node: YAMLNode, _ reading: inout Reading
  ) -> LoadCurve? {
    var points: [LoadCurve.Point] = []
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let text = line.last == "\r" ? line.dropLast() : line
      if text.isEmpty || text.hasPrefix("#") { continue }
      let cells = text.split(separator: ",", omittingEmptySubsequences: false)
      guard cells.count >= 2, let second = Double(cells[0]), let rate = Double(cells[1]) else {
        if index == 0 { continue }
        return fail("\(path):\(index + 1): `\(text)` is no `seconds,rate`", node, &reading)
      }
      let at = Instant.zero + .seconds(rounding: second)
      guard second >= 0, rate >= 0, rate < 1e9, points.last.map({ $0.at <= at }) ?? true else {
        return fail(
          "\(path):\(index + 1): times must ascend and rates be 0 or more", node, &reading)
      }
      points.append(.init(at: at, milliRate: Int64((rate * 1000).rounded())))
    }
    if points.isEmpty { return fail("\(path) has no line `seconds,rate`", node, &reading) }
    return LoadCurve(points: points)
  }

  private static func fail(
    _ message: String, _ node: YAMLNode, _ reading: inout Reading
  ) -> LoadCurve? {
    reading.report(.error, at: node, message, remedy: "write lines such as `60,250`")
    return nil
  }
}
