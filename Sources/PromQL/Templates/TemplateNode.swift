/// A part of a template.
indirect enum TemplateNode: Sendable {
  case text(String)
  /// Prints, unless the pipeline only sets a variable.
  case action(TemplatePipeline)
  case condition(TemplatePipeline, then: [TemplateNode], otherwise: [TemplateNode])
  /// The value is the dot inside.
  case with(TemplatePipeline, then: [TemplateNode], otherwise: [TemplateNode])
  /// Each element is the dot inside.
  case range(TemplatePipeline, each: [TemplateNode], otherwise: [TemplateNode])
  case call(template: String, TemplatePipeline?, offset: Int)
  case leave
  case next
}

/// Commands, each of which gets the value of the one before as its last argument.
struct TemplatePipeline: Sendable {
  var variables: [String] = []
  /// `=` instead of `:=`.
  var isAssignment = false
  var commands: [TemplateCommand] = []
  /// The byte at which it starts.
  var offset: Int
}

/// A function or a value, and its arguments.
struct TemplateCommand: Sendable {
  var operands: [TemplateOperand] = []
  var offset: Int
}

indirect enum TemplateOperand: Sendable {
  case dot
  case absent
  case constant(TemplateValue)
  case variable(String)
  case function(String)
  case pipeline(TemplatePipeline)
  case field(TemplateOperand, String)
}
