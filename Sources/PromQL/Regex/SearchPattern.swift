/// A regular expression that is looked for anywhere in a text, as templates do (Go's regexp).
public struct SearchPattern: Sendable {
  /// As it was written.
  public let pattern: String
  /// The name of each group, nil where it has none; index 0 is the whole.
  public let groupNames: [String?]
  private let program: PatternProgram

  public init(_ pattern: String) throws(PatternError) {
    self.pattern = pattern
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

  /// What each group took of the first match; index 0 is the match, nil is a group that took no part.
  public func groups(in text: String) -> [String?]? {
    let text = SymbolText(text, program.alphabet)
    var machine = PatternMachine(program, text: text.symbols, wantsGroups: true)
    return machine.firstMatch(from: 0).map(text.groups)
  }

  /// Fills `$1`, `${name}` and `$$` of a template, as Go's `Regexp.Expand` does.
  ///
  /// - Parameter groups: from ``groups(in:)``.
  public func expand(_ template: String, groups: [String?]) -> String {
    GroupTexts.expand(template, groups, names: groupNames)
  }

  /// The groups that a template names and the pattern does not have; they are empty in every text.
  public func missingGroups(of template: String) -> [String] {
    GroupTexts.references(of: template).filter { name in
      guard let index = GroupTexts.index(name) else { return !groupNames.contains(name) }
      return !groupNames.indices.contains(index)
    }
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
