/// Go's text/template between `<<` and `>>`, as prometheus-adapter writes its queries, where braces are
/// PromQL's own.
public struct AngleTemplate: Sendable {
  /// What the template finds behind the dot.
  public struct Field: Sendable {
    let field: TemplateField

    /// `string`
    public static func text(_ name: String, _ text: String) -> Field {
      Field(field: TemplateField(name: name, value: .string(text)))
    }

    /// `[]string`
    public static func texts(_ name: String, _ texts: [String]) -> Field {
      Field(field: TemplateField(name: name, value: .texts(texts)))
    }

    /// `map[string]string`
    public static func map(_ name: String, _ labels: Labels) -> Field {
      Field(field: TemplateField(name: name, value: .labels(labels)))
    }
  }

  private let template: Template

  /// - Throws: where the template is not Go's, or names a function or a variable that there is not.
  public init(_ text: String) throws(TemplateError) { template = try Template(text, .angles) }

  /// As it was written.
  public var text: String { template.text }

  /// - Throws: where there is no such field, a value is of the wrong type, or it gets longer than a
  ///   megabyte.
  public func expanded(_ fields: [Field]) throws(TemplateError) -> String {
    var run = TemplateRun(template: template, root: .fields(fields.map(\.field)))
    return try run.expanded { text throws(QueryError) in [] }
  }
}
