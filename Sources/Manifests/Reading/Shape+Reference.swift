extension Shape {
  /// The reference page in Markdown: a section for each mapping, a row for each of its fields.
  ///
  /// `introduction` stands below the title, in Markdown.
  package func reference(title: String, introduction: String = "") -> String {
    var page = ["# \(title)"]
    if !introduction.isEmpty { page.append(introduction) }
    describe(path: "", heading: "The document", into: &page)
    return page.joined(separator: "\n\n") + "\n"
  }

  /// Adds the sections of all mappings inside, each after the one that it stands in.
  private func describe(path: String, heading: String, into page: inout [String]) {
    switch self {
    case .object(let fields):
      page.append("## \(heading)")
      page.append(Self.rows(fields))
      for field in fields {
        let inner = path.isEmpty ? field.key : "\(path).\(field.key)"
        field.shape.describe(path: inner, heading: "`\(inner)`", into: &page)
      }
    case .list(let element):
      element.describe(path: path + "[]", heading: "`\(path)[]`", into: &page)
    case .map(let element):
      element.describe(path: path + ".*", heading: "`\(path).*`", into: &page)
    case .either(let shapes):
      for shape in shapes where !shape.isList(ofOneIn: shapes) {
        let inner = shape.discriminator.map { "`\(path)` with `\($0.key): \($0.word)`" }
        shape.describe(path: path, heading: inner ?? "`\(path)`", into: &page)
      }
    case .any, .boolean, .string, .number, .integer, .word, .text: break
    }
  }

  private static func rows(_ fields: [Field]) -> String {
    var lines = ["| Field | Value | Meaning |", "| --- | --- | --- |"]
    for field in fields {
      var meaning = [field.documentation].compactMap { $0 }
      if !field.isSimulated { meaning.append("kept, not simulated") }
      let name = "`\(field.key)`" + (field.isRequired ? " (required)" : "")
      lines.append(
        "| \(name) | \(field.shape.wording.cell) | \(meaning.joined(separator: "; ").cell) |")
    }
    return lines.joined(separator: "\n")
  }

  /// What may be written, in words.
  private var wording: String {
    switch self {
    case .any: "any"
    case .boolean: "`true` or `false`"
    case .string: "string"
    case .number: "number"
    case .integer(let minimum, let maximum): Self.wording(minimum, maximum)
    case .word(let words): words.map { $0.isEmpty ? "empty" : "`\($0)`" }.joined(separator: ", ")
    case .text(let form, _, _): form
    case .either(let shapes):
      if shapes.allSatisfy({ $0.discriminator != nil }), let first = shapes.first?.discriminator {
        "mapping, by its `\(first.key)`"
      } else {
        shapes.map { $0.isList(ofOneIn: shapes) ? "a list of such" : $0.wording }
          .joined(separator: ", or ")
      }
    case .list(let element): "list: \(element.wording)"
    case .map(.any): "mapping"
    case .map(let element): "mapping of names: \(element.wording)"
    case .object: "mapping"
    }
  }

  /// Whether this is a list of what one of the alternatives to it is.
  private func isList(ofOneIn shapes: [Shape]) -> Bool {
    if case .list(let element) = self { shapes.contains(element) } else { false }
  }

  private static func wording(_ minimum: Int64?, _ maximum: Int64?) -> String {
    // A bound that the width of the number sets says nothing to a reader.
    let upper = maximum.flatMap { $0 == .max || $0 == Int64(Int32.max) ? nil : $0 }
    let lower = minimum.flatMap { $0 == .min || $0 == Int64(Int32.min) ? nil : $0 }
    switch (lower, upper) {
    case (nil, nil): return "integer"
    case (let lower?, nil): return "integer, at least \(lower)"
    case (nil, let upper?): return "integer, at most \(upper)"
    case (let lower?, let upper?): return "integer from \(lower) to \(upper)"
    }
  }

  /// The field that tells this mapping from its alternatives: the first with one word only.
  private var discriminator: (key: String, word: String)? {
    guard case .object(let fields) = self else { return nil }
    for field in fields {
      if case .word(let words) = field.shape, words.count == 1 { return (field.key, words[0]) }
    }
    return nil
  }
}

extension String {
  /// The text as a cell of a table of Markdown.
  fileprivate var cell: String { replacing("|", with: "\\|").replacing("\n", with: " ") }
}
