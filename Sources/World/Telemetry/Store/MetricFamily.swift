/// Series of one name, as an exporter announces them (`# HELP` and `# TYPE` of the text format).
public struct MetricFamily: Hashable, Sendable {
  public enum Kind: String, Sendable {
    case counter, gauge, histogram, untyped
  }

  public var name: String
  public var kind: Kind
  /// One line of plain text.
  public var help: String
  /// Names of the labels that its series may carry; one that ends in `*` stands for all that begin so.
  public var labels: [String]

  public init(name: String, kind: Kind, help: String, labels: [String] = []) {
    self.name = name
    self.kind = kind
    self.help = help
    self.labels = labels
  }

  /// What its series are called: those of a histogram have three names.
  public var seriesNames: [String] {
    kind == .histogram ? ["_bucket", "_count", "_sum"].map { name + $0 } : [name]
  }

  /// Whether its series may carry a label of this name.
  public func allows(label: String) -> Bool {
    labels.contains { $0.last == "*" ? label.hasPrefix($0.dropLast()) : label == $0 }
  }
}
