/// The times at which an expression is evaluated, in milliseconds.
struct StepGrid: Hashable {
  var first: Int64
  /// At least 1.
  var step: Int64
  var count: Int

  init(first: Int64, step: Int64, count: Int) {
    self.first = first
    self.step = step
    self.count = count
  }

  /// - Parameter last: an empty grid when it lies before `first`.
  init(first: Int64, through last: Int64, step: Int64) {
    let count = last < first ? 0 : (last - first) / step + 1
    self.init(first: first, step: step, count: Int(count))
  }

  /// One time alone.
  init(at time: Int64) { self.init(first: time, step: 1, count: 1) }

  var last: Int64 { first + Int64(max(0, count - 1)) * step }

  @inline(__always)
  func time(_ index: Int) -> Int64 { first &+ Int64(index) &* step }
}

/// For each step the time whose data are read, in milliseconds: shifted by an offset, or pinned by `@`.
public struct ReferenceTimes: Hashable, Sendable {
  public var first: Int64
  /// From step to step; 0 when pinned.
  public var increment: Int64
  public var count: Int

  init(_ grid: StepGrid, at pinned: Int64?, offset: Int64) {
    first = (pinned ?? grid.first) - offset
    increment = pinned == nil ? grid.step : 0
    count = grid.count
  }

  public var last: Int64 { first + Int64(max(0, count - 1)) * increment }

  @inline(__always)
  public subscript(_ index: Int) -> Int64 { first &+ Int64(index) &* increment }
}
