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

  /// Whether its series have this name; those of a histogram have three.
  func isShown(as name: String) -> Bool {
    guard kind == .histogram else { return self.name == name }
    return ["_bucket", "_count", "_sum"].contains { self.name + $0 == name }
  }

  /// Whether its series may carry a label of this name.
  public func allows(label: String) -> Bool {
    labels.contains { $0.last == "*" ? label.hasPrefix($0.dropLast()) : label == $0 }
  }
}
