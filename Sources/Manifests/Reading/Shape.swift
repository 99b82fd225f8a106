/// What may be written for a value: the JSON Schema and the reference page are made of it.
package indirect enum Shape: Hashable, Sendable {
  case any
  case boolean
  case string
  case number
  /// A whole number within bounds; nil where there is none.
  case integer(minimum: Int64?, maximum: Int64?)
  /// One of a fixed set.
  case word([String])
  /// A string or number in a form of its own, such as a quantity or a length of time.
  ///
  /// `form` says it to a reader, with the unit; `pattern` is a regular expression of ECMA-262 for the
  /// written text.
  case text(form: String, pattern: String?, isNumberToo: Bool)
  case either([Shape])
  case list(Shape)
  /// Any keys, with values of one shape.
  case map(Shape)
  /// The fields of a table.
  case object([Field])

  /// A field of a table, without how it is read.
  package struct Field: Hashable, Sendable {
    package var key: String
    package var isRequired: Bool
    /// False where Kubernetes knows the field, and it is kept only.
    package var isSimulated: Bool
    package var documentation: String?
    package var shape: Shape

    package init(
      _ key: String, _ shape: Shape = .any, isRequired: Bool = false, isSimulated: Bool = true,
      documentation: String? = nil
    ) {
      self.key = key
      self.shape = shape
      self.isRequired = isRequired
      self.isSimulated = isSimulated
      self.documentation = documentation
    }
  }
}
