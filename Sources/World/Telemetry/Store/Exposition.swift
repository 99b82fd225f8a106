public import PromQL

/// What an exporter says of one object at one moment: series with labels and values.
public struct Exposition: Sendable {
  public struct Series: Hashable, Sendable {
    /// With the metric's name under `__name__`.
    public var labels: PromQL.Labels
    public var value: Double

    public init(labels: PromQL.Labels, value: Double) {
      self.labels = labels
      self.value = value
    }
  }

  /// In the order in which they were added.
  public private(set) var series: [Series] = []

  public init() {}

  /// Adds a series; labels without a value are left out.
  public mutating func add(_ name: String, _ labels: [PromQL.Label], _ value: Double) {
    add(PromQL.Labels([Label(PromQL.Labels.metricName, name)] + labels), value)
  }

  /// Adds a series of which the labels hold the name.
  mutating func add(_ labels: PromQL.Labels, _ value: Double) {
    series.append(Series(labels: labels, value: value))
  }

  /// Adds the series of another exposition.
  public mutating func append(_ other: Exposition) { series += other.series }
}
