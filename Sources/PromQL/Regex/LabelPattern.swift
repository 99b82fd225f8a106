/// A regular expression of a label matcher or of `label_replace`: RE2's syntax, matched against
/// the whole text, as Prometheus does (`^(?s:…)$`).
///
/// Matching takes time in proportion to the text, whatever the pattern.
public struct LabelPattern: Sendable {
  /// As it was written.
  public let pattern: String
  /// The name of each group, nil where it has none; index 0 is the whole.
  public let groupNames: [String?]
  /// The texts that match, if these are a short list; what an index of labels can look up.
  public let literals: [String]?
  private let program: PatternProgram
  private let matcher: Matcher
  /// It is one group around `.*` or `.+`, as label_replace is mostly asked.
  private let isOneGroup: Bool

  private enum Matcher: Sendable {
    case anything
    case anythingButEmpty
    case oneOf(Set<String>)
    case table(PatternTable)
    case program
  }

  /// - Throws: where the pattern is not RE2's, a repeat count or the product of nested ones is
  ///   above 1000, or the program is too long.
  public init(_ pattern: String) throws(PatternError) {
    self.pattern = pattern
    let (node, names) = try PatternParser.parse(pattern, dotMatchesNewline: true)
    groupNames = names
    program = try PatternProgram(
      node, groupCount: names.count, patternLength: pattern.unicodeScalars.count)
    literals = node.literals(limit: 256)
    if case .group(1, let inner) = node {
      matcher = LabelPattern.matcher(inner, program, literals)
    } else {
      matcher = LabelPattern.matcher(node, program, literals)
    }
    switch matcher {
    case .anything, .anythingButEmpty: isOneGroup = names.count == 2
    case .oneOf, .table, .program: isOneGroup = false
    }
  }

  private static func matcher(
    _ node: PatternNode, _ program: PatternProgram, _ literals: [String]?
  ) -> Matcher {
    if case .repetition(.set(.all), let minimum, nil, _) = node {
      if minimum == 0 { return .anything }
      if minimum == 1 { return .anythingButEmpty }
    }
    // Texts beyond ASCII may be equal to a String without being the same scalars.
    if let literals, literals.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } }) {
      return .oneOf(Set(literals))
    }
    return PatternTable(program).map { .table($0) } ?? .program
  }

  public func matches(_ text: String) -> Bool {
    switch matcher {
    case .anything: true
    case .anythingButEmpty: !text.isEmpty
    case .oneOf(let texts):
      texts.firstIndex(of: text).map { texts[$0].utf8.count == text.utf8.count } ?? false
    case .table(let table): table.matches(text)
    case .program: countedMatch(text).matches
    }
  }

  /// Runs the program, and tells how many instructions were looked at.
  func countedMatch(_ text: String) -> (matches: Bool, steps: Int) {
    let text = SymbolText(text, program.alphabet)
    var machine = PatternMachine(program, text: text.symbols, wantsGroups: false)
    let matches = machine.wholeMatch() != nil
    return (matches, machine.steps)
  }

  /// What each group took of a text that matches as a whole; index 0 is the text, nil is a group
  /// that took no part.
  public func groups(in text: String) -> [String?]? {
    if isOneGroup { return matches(text) ? [text, text] : nil }
    if case .table(let table) = matcher, !table.matches(text) { return nil }
    let text = SymbolText(text, program.alphabet)
    var machine = PatternMachine(program, text: text.symbols, wantsGroups: true)
    return machine.wholeMatch().map(text.groups)
  }

  /// Fills `$1`, `${name}` and `$$` of a template, as Go's `Regexp.Expand` does.
  ///
  /// - Parameter groups: from ``groups(in:)``.
  public func expand(_ template: String, groups: [String?]) -> String {
    GroupTexts.expand(template, groups, names: groupNames)
  }
}
