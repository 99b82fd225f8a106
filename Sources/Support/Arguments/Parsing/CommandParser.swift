/// Reads a command line into a command or one of its subcommands.
///
/// - Throws: ``CommandError`` around a ``UsageError``, a ``CleanExit`` or what `validate` threw.
func parseCommandLine(
  _ words: [String], root: any ParsableCommand.Type
) throws -> (command: any ParsableCommand, path: [any ParsableCommand.Type]) {
  var parser = CommandParser(root: root)
  return try parser.parse(words)
}

private struct CommandParser {
  private let root: any ParsableCommand.Type
  private var words: [String] = []
  private var next = 0
  private var path: [any ParsableCommand.Type]
  private var command: any ParsableCommand
  private var definitions: [Definition]
  private var positionals: [String] = []

  init(root: any ParsableCommand.Type) {
    self.root = root
    path = [root]
    command = root.init()
    definitions = Arguments.definitions(of: command)
  }

  mutating func parse(
    _ words: [String]
  ) throws -> (command: any ParsableCommand, path: [any ParsableCommand.Type]) {
    self.words = words
    do {
      try readWords()
      while let defaultSubcommand = path.last?.configuration.defaultSubcommand {
        let waiting = positionals
        positionals = []
        try descend(to: defaultSubcommand)
        positionals = waiting
      }
      try finish()
      return (command, path)
    } catch {
      // Who asks for help gets it, whatever else is wrong.
      let asksForHelp = words.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
      throw CommandError(
        error is UsageError && asksForHelp ? CleanExit.helpRequest(nil) : error, path: path)
    }
  }

  private mutating func readWords() throws {
    while let word = take() {
      if word == "--" {
        positionals += words[next...]
        next = words.count
      } else if word.hasPrefix("--") {
        try readLong(word)
      } else if looksLikeOption(word) {
        try readShorts(word)
      } else {
        try readPositional(word)
      }
    }
  }

  private mutating func take() -> String? {
    guard next < words.count else { return nil }
    defer { next += 1 }
    return words[next]
  }

  /// `-` is a value, and so is a negative number unless a digit is a declared letter.
  private func looksLikeOption(_ word: String) -> Bool {
    guard word.hasPrefix("-"), word != "-" else { return false }
    let letter = word[word.index(after: word.startIndex)]
    guard letter.isNumber || letter == "." else { return true }
    return find(.short(letter)) != nil
  }

  private func find(_ name: Name) -> (definition: Definition, word: String)? {
    for definition in definitions {
      for candidate in definition.names where candidate.name == name {
        return (definition, candidate.word)
      }
    }
    return nil
  }

  // MARK: - Options and flags

  private mutating func readLong(_ word: String) throws {
    let parts = word.dropFirst(2).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = Name.long(String(parts[0]))
    let value = parts.count == 2 ? String(parts[1]) : nil
    guard let (definition, flagWord) = find(name) else {
      try readBuiltIn(name, value: value)
      return
    }
    switch definition.kind {
    case .flag:
      guard value == nil else { throw UsageError.valueForFlag(name.text) }
      try accept(flagWord, for: definition)
    case .option: try readValue(of: definition, attached: value)
    case .positional: preconditionFailure("the argument \(definition.title) has a name")
    }
  }

  /// `-v`, `-vq`, `-n 5`, `-n5`, `-n=5`, `-vn5`.
  private mutating func readShorts(_ word: String) throws {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let (definition, flagWord) = find(.short(letter)) else {
        if letter == "h" { throw CleanExit.helpRequest(nil) }
        throw unknownOption(word.count == 2 ? word : "-\(letter)")
      }
      switch definition.kind {
      case .flag: try accept(flagWord, for: definition)
      case .option:
        let attached = letters.first == "=" ? letters.dropFirst() : letters
        try readValue(
          of: definition,
          attached: letters.isEmpty ? nil : String(attached))
        return
      case .positional: preconditionFailure("the argument \(definition.title) has a name")
      }
    }
  }

  private mutating func readValue(of definition: Definition, attached: String?) throws {
    if let attached {
      try accept(attached, for: definition)
      return
    }
    switch definition.strategy {
    case .next:
      guard next < words.count, !isOption(words[next]), let word = take() else {
        throw UsageError.missingValue(of: definition.title)
      }
      try accept(word, for: definition)
    case .unconditional:
      guard let word = take() else { throw UsageError.missingValue(of: definition.title) }
      try accept(word, for: definition)
    case .upToNextOption:
      guard next < words.count, !isOption(words[next]) else {
        throw UsageError.missingValue(of: definition.title)
      }
      while next < words.count, !isOption(words[next]), let word = take() {
        try accept(word, for: definition)
      }
    case .remaining:
      while let word = take() { try accept(word, for: definition) }
    }
  }

  private func isOption(_ word: String) -> Bool { word == "--" || looksLikeOption(word) }

  private func accept(_ word: String, for definition: Definition) throws {
    do {
      try definition.storage.accept(word)
    } catch let error as UnreadableValue {
      let reason = error.wanted.isEmpty ? nil : "\(error.wanted) is wanted."
      throw UsageError.invalidValue(
        word, argument: definition.title, reason: reason, values: definition.values)
    } catch {
      throw UsageError.invalidValue(
        word, argument: definition.title, reason: "\(error)", values: definition.values)
    }
  }

  private mutating func readBuiltIn(_ name: Name, value: String?) throws {
    if name == .long("help") { throw CleanExit.helpRequest(nil) }
    if name == .long("version"), let version { throw CleanExit.message(version) }
    if name == .long("generate-completion-script"), path.count == 1 {
      let word = value ?? take() ?? ""
      guard let shell = CompletionShell(rawValue: word) else {
        throw UsageError.invalidValue(
          word, argument: "\(name.text) <shell>", reason: nil,
          values: CompletionShell.allCases.map(\.rawValue))
      }
      throw CleanExit.message(completionScript(for: root, shell: shell))
    }
    throw unknownOption(name.text)
  }

  /// The version of the innermost command that has one.
  private var version: String? {
    path.map { $0.configuration.version }.last { !$0.isEmpty }
  }

  private func unknownOption(_ text: String) -> UsageError {
    var known = definitions.filter(\.isShown).flatMap(\.longNames)
    known.append("--help")
    if version != nil { known.append("--version") }
    let nearest = Arguments.nearest(to: text, among: known)
    return UsageError.unknownOption(text, nearest: nearest)
  }

  // MARK: - Positional arguments and commands

  private mutating func readPositional(_ word: String) throws {
    let subcommands = command.subcommands
    guard !subcommands.isEmpty, positionals.isEmpty else {
      positionals.append(word)
      return
    }
    if let subcommand = subcommands.named(word) {
      try descend(to: subcommand)
    } else if word == "help" {
      try readHelpCommand()
    } else if definitions.contains(where: { $0.kind == .positional })
      || command.hasDefaultSubcommand
    {
      positionals.append(word)
    } else {
      throw unknownCommand(word)
    }
  }

  /// `help` names a command by the words after it.
  private mutating func readHelpCommand() throws {
    while let word = take() {
      if word.hasPrefix("-") { continue }
      guard let subcommand = command.subcommands.named(word) else { throw unknownCommand(word) }
      path.append(subcommand)
      command = subcommand.init()
    }
    throw CleanExit.helpRequest(nil)
  }

  private func unknownCommand(_ word: String) -> UsageError {
    let known = command.subcommands.filter { $0.configuration.shouldDisplay }
      .flatMap { [$0.commandName] + $0.configuration.aliases }
    return .unknownCommand(word, nearest: nearest(to: word, among: known + ["help"]))
  }

  private mutating func descend(to subcommand: any ParsableCommand.Type) throws {
    try finish()
    path.append(subcommand)
    command = subcommand.init()
    definitions = Arguments.definitions(of: command)
  }

  /// Hands out the positional words, and checks that nothing is missing.
  private mutating func finish() throws {
    var words = positionals[...]
    for definition in definitions where definition.kind == .positional {
      if definition.isRepeating {
        while let word = words.popFirst() { try accept(word, for: definition) }
      } else if let word = words.popFirst() {
        try accept(word, for: definition)
      }
    }
    guard words.isEmpty else { throw UsageError.unexpected(Array(words)) }
    positionals = []
    if let missing = definitions.first(where: { !$0.storage.hasValue }) {
      throw UsageError.missingArgument(missing.title)
    }
    for (_, source) in sources(of: command) { try source.validate() }
    try command.validate()
  }
}

extension ParsableCommand {
  fileprivate var subcommands: [any ParsableCommand.Type] { Self.configuration.subcommands }
  fileprivate var hasDefaultSubcommand: Bool { Self.configuration.defaultSubcommand != nil }
}

extension [any ParsableCommand.Type] {
  fileprivate func named(_ word: String) -> (any ParsableCommand.Type)? {
    first { $0.commandName == word || $0.configuration.aliases.contains(word) }
  }
}
