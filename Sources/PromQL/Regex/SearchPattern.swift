/// A regular expression that is looked for anywhere in a text, as templates do (Go's regexp).
public struct SearchPattern: Sendable {
  private let program: PatternProgram
  private let groupNames: [String?]

  public init(_ pattern: String) throws(PatternError) {
    let (node, names) = try PatternParser.parse(pattern, dotMatchesNewline: false)
    groupNames = names
    program = try PatternProgram(
      node, groupCount: names.count, patternLength: pattern.unicodeScalars.count)
  }

  /// Whether some part of a text matches.
  public func isFound(in text: String) -> Bool {
    let text = SymbolText(text, program.alphabet)
    var machine = PatternMachine(program, text: text.symbols, wantsGroups: false)
    return machine.firstMatch(from: 0) != nil
  }

  /// Replaces every match, from left to right, by a template (Go's `ReplaceAllString`).
  public func replacingAll(in text: String, with template: String) -> String {
    let text = SymbolText(text, program.alphabet)
    var machine = PatternMachine(program, text: text.symbols, wantsGroups: true)
    var result = ""
    var copied = 0
    var position = 0
    while position <= text.count, let slots = machine.firstMatch(from: position) {
      let (start, end) = (slots[0], slots[1])
      result += text[copied..<start]
      // An empty match right behind a match is none.
      if end > copied || start == 0 {
        result += GroupTexts.expand(template, text.groups(slots), names: groupNames)
      }
      copied = end
      position = max(end, position + 1)
    }
    return result + text[copied..<text.count]
  }
}
