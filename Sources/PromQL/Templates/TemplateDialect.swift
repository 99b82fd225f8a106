/// The braces of a template, and what may be used inside of them.
struct TemplateDialect: Sendable {
  /// Two bytes each.
  let opening: String
  let closing: String
  let functions: Set<String>
  /// Those that are there from the start, with their dollar sign.
  let variables: [String]
  /// Whether a key that a map does not have is nothing, and printed as `<no value>`; otherwise it is the
  /// empty text.
  let missesKeys: Bool

  /// Labels and annotations of alerts, with the variables that Prometheus sets before them.
  static let alert = TemplateDialect(
    opening: "{{", closing: "}}", functions: TemplateFunctions.names,
    variables: ["$", "$labels", "$externalLabels", "$externalURL", "$value"], missesKeys: false)

  /// Go's text/template alone, between angles.
  static let angles = TemplateDialect(
    opening: "<<", closing: ">>", functions: TemplateFunctions.ownNames, variables: ["$"],
    missesKeys: false)

  /// Queries of Flagger's MetricTemplates: Go's text/template with what a Canary is called by.
  static let metric = TemplateDialect(
    opening: "{{", closing: "}}",
    functions: TemplateFunctions.ownNames.union(QueryTemplate.names), variables: ["$"],
    missesKeys: true)
}
