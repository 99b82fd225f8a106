/// The braces of a template, and what may be used inside of them.
struct TemplateDialect: Sendable {
  /// Two bytes each.
  let opening: String
  let closing: String
  let functions: Set<String>
  /// Those that are there from the start, with their dollar sign.
  let variables: [String]

  /// Labels and annotations of alerts, with the variables that Prometheus sets before them.
  static let alert = TemplateDialect(
    opening: "{{", closing: "}}", functions: TemplateFunctions.names,
    variables: ["$", "$labels", "$externalLabels", "$externalURL", "$value"])

  /// Go's text/template alone, between angles.
  static let angles = TemplateDialect(
    opening: "<<", closing: ">>", functions: TemplateFunctions.ownNames, variables: ["$"])
}
