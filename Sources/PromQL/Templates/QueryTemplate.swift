/// The query of a MetricTemplate: Go's text/template, with what a Canary is called by as functions.
///
/// https://docs.flagger.app/usage/metrics#custom-metrics
public struct QueryTemplate: Sendable {
  /// What the functions of a query return.
  public struct Values: Hashable, Sendable {
    /// Of the Canary.
    public var name = ""
    public var namespace = ""
    public var target = ""
    public var service = ""
    public var ingress = ""
    public var route = ""
    /// As it is written, such as `1m`.
    public var interval = ""
    /// `templateVariables`; of two with one name the later one counts.
    public var variables: [Label] = []

    public init() {}
  }

  static let names: Set<String> = [
    "name", "namespace", "target", "service", "ingress", "route", "interval", "variables",
  ]

  private let template: Template

  /// - Throws: where the template is not Go's, or names a function or a variable that there is not.
  public init(_ text: String) throws(TemplateError) { template = try Template(text, .metric) }

  /// As it was written.
  public var text: String { template.text }

  /// - Throws: where a value is of the wrong type, or the text gets longer than a megabyte.
  public func expanded(_ values: Values) throws(TemplateError) -> String {
    let constants: [String: TemplateValue] = [
      "name": .string(values.name), "namespace": .string(values.namespace),
      "target": .string(values.target), "service": .string(values.service),
      "ingress": .string(values.ingress), "route": .string(values.route),
      "interval": .string(values.interval), "variables": .labels(Labels(map: values.variables)),
    ]
    var run = TemplateRun(template: template, root: .absent, constants: constants)
    return try run.expanded { text throws(QueryError) in [] }
  }

  /// A template that expands to this text, whatever braces it holds.
  public static func literal(_ text: String) -> String {
    text.split(separator: "{{", omittingEmptySubsequences: false).joined(separator: "{{`{{`}}")
  }
}
