public import PromQL
public import Units

/// What a query answers over time, step by step.
public struct QueryAnswer: Sendable {
  public struct Point: Sendable {
    public var at: Instant
    public var value: Double
    public var labels: PromQL.Labels
  }

  public let query: String
  /// When it is asked first, in milliseconds since the epoch.
  public let first: Int64
  /// Milliseconds.
  public let step: Int64
  /// In the order in which they were first there.
  public private(set) var series: [Series] = []
  /// Why there is no answer; nil: there is.
  public private(set) var failure: String?
  private var parsed: PromQL.Query?
  private var places: [PromQL.Labels: Int] = [:]
  /// When it is asked next, in milliseconds since the epoch; the steps from there on.
  private var next: Int64
  private let begin: Int64

  /// - Parameters:
  ///   - first: when it is asked first, in milliseconds since the epoch.
  ///   - step: milliseconds.
  ///   - begin: the first instant of the run, in milliseconds since the epoch.
  public init(_ query: String, from first: Int64, step: Int64, begin: Int64) {
    (self.query, self.first, next) = (query, first, first)
    (self.step, self.begin) = (step, begin)
    do throws(QueryError) { parsed = try PromQL.Query(query) } catch { failure = error.message }
  }

  /// Asks for the times that have come.
  ///
  /// - Parameter last: the last time that may be asked for.
  public mutating func ask(_ source: some SeriesSource, through last: Int64) {
    while failure == nil, let parsed, next <= last {
      let through = min(last, next + step * QueryAnswer.stepsAtOnce)
      do throws(QueryError) {
        let result = try parsed.range(from: next, through: through, step: step, in: source)
        if case .matrix(let matrix) = result.value { for one in matrix { add(one) } }
      } catch {
        failure = error.message
      }
      next += ((through - next) / step + 1) * step
    }
  }

  /// So that the samples of all steps of thousands of series are not in memory together.
  private static var stepsAtOnce: Int64 { 100 }

  private mutating func add(_ one: Series) {
    guard let place = places[one.labels] else {
      places[one.labels] = series.count
      return series.append(one)
    }
    series[place].samples.times += one.samples.times
    series[place].samples.values += one.samples.values
  }

  /// All values, series by series.
  public var points: [Point] {
    series.flatMap { one in
      zip(one.samples.times, one.samples.values).map { time, value in
        Point(at: Instant(ns: (time - begin) * 1_000_000), value: value, labels: one.labels)
      }
    }
  }
}
