/// Texts of an AnalysisTemplate, in which `{{args.NAME}}` stands for an argument.
///
/// As Argo Rollouts fills them: what stands between `{{` and the next `}}`, without the blanks around it,
/// has to be the name of an argument.
public enum ArgumentText {
  /// A place that is to be filled.
  public struct Place: Hashable, Sendable {
    /// Without `args.`; nil where it cannot be an argument.
    public var argument: String?
    /// What stands between the braces.
    public var written: String
    /// The byte at which the braces open.
    public var offset: Int

    public init(argument: String?, written: String, offset: Int) {
      (self.argument, self.written, self.offset) = (argument, written, offset)
    }
  }

  /// The text with its arguments; their values are not looked into.
  ///
  /// - Throws: at braces that are not closed, and at the first name that is no argument's.
  public static func filled(
    _ text: String, _ arguments: [AnalysisVariable]
  ) throws(AnalysisError) -> String {
    var result = ""
    for part in try parts(of: text) {
      guard let place = part.place else {
        result += part.plain
        continue
      }
      // Of two with one name the later one counts.
      guard let argument = arguments.last(where: { $0.name == place.argument }) else {
        let known = arguments.map { "{{args.\($0.name)}}" }.joined(separator: ", ")
        throw AnalysisError(
          "failed to resolve {{\(place.written)}}: "
            + (known.isEmpty ? "there are no arguments" : "known are \(known)"))
      }
      result += argument.value
    }
    return result
  }

  /// What a text wants to be filled with.
  ///
  /// - Throws: at braces that are not closed.
  public static func places(in text: String) throws(AnalysisError) -> [Place] {
    try parts(of: text).compactMap(\.place)
  }

  /// Text, or a place.
  private struct Part {
    var plain = ""
    var place: Place?
  }

  private static func parts(of text: String) throws(AnalysisError) -> [Part] {
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstRange(of: "{{") {
      parts.append(Part(plain: String(rest[..<open.lowerBound])))
      guard let close = rest[open.upperBound...].firstRange(of: "}}") else {
        throw AnalysisError("`{{` is not closed: write `}}` behind the name")
      }
      let written = rest[open.upperBound..<close.lowerBound]
      let name = trimmed(written)
      parts.append(
        Part(
          place: Place(
            argument: name.hasPrefix("args.") ? String(name.dropFirst(5)) : nil,
            written: String(written),
            offset: text.utf8.distance(from: text.startIndex, to: open.lowerBound))))
      rest = rest[close.upperBound...]
    }
    parts.append(Part(plain: String(rest)))
    return parts
  }

  private static func trimmed(_ text: Substring) -> String {
    var scalars = text.unicodeScalars
    while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars))
  }
}
