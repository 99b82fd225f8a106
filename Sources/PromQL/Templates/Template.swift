/// A label or annotation of an alert: Go's text/template with Prometheus' functions.
///
/// https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
public struct Template: Sendable {
  public let text: String
  let dialect: TemplateDialect
  let nodes: [TemplateNode]
  let definitions: [String: [TemplateNode]]

  /// - Throws: where the template is not Go's, or names a function or a variable that there is not.
  public init(_ text: String) throws(TemplateError) { try self.init(text, .alert) }

  init(_ text: String, _ dialect: TemplateDialect) throws(TemplateError) {
    self.text = text
    self.dialect = dialect
    guard text.utf8.contains(where: { $0 == dialect.opening.utf8.first }) else {
      nodes = text.isEmpty ? [] : [.text(text)]
      definitions = [:]
      return
    }
    var parser = TemplateParser(text, dialect)
    nodes = try parser.parse()
    definitions = parser.definitions
  }

  /// The text, where it is the same for all data.
  public var constant: String? {
    if nodes.isEmpty { return "" }
    guard nodes.count == 1, case .text(let plain) = nodes[0] else { return nil }
    return plain
  }

  /// Whether it may ask queries that nobody knows beforehand.
  public var mayQuery: Bool {
    if constant != nil { return false }
    return text.split { !$0.isLetter }.contains("query")
  }

  /// The text for one alert.
  ///
  /// - Parameter query: answers the function `query` at the time of the data; a scalar is one sample
  ///   without labels.
  /// - Throws: where a value is of the wrong type, a query fails, or it gets longer than a megabyte.
  public func expanded(
    _ data: TemplateData, query: (String) throws(QueryError) -> [SeriesValue]
  ) throws(TemplateError) -> String {
    var run = TemplateRun(template: self, data: data)
    return try run.expanded(query)
  }
}

/// What a template can show.
public struct TemplateData: Sendable {
  /// Of the sample that made the alert, its name included.
  public var labels: Labels
  public var value: Double
  public var externalLabels: Labels
  public var externalURL: String
  /// Of the evaluation, in milliseconds since 1970.
  public var time: Int64

  public init(
    labels: Labels, value: Double, externalLabels: Labels = .empty, externalURL: String = "",
    time: Int64
  ) {
    self.labels = labels
    self.value = value
    self.externalLabels = externalLabels
    self.externalURL = externalURL
    self.time = time
  }
}
