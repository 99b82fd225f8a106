/// The help page of one command.
struct HelpPage {
  /// The commands from the root to the one described.
  let path: [any ParsableCommand.Type]
  let columns: Int

  private let definitions: [Definition]
  private let configuration: CommandConfiguration
  private let labelColumns = 26

  init(path: [any ParsableCommand.Type], columns: Int) {
    guard let command = path.last else { preconditionFailure("a help page without a command") }
    self.path = path
    self.columns = columns
    configuration = command.configuration
    definitions = Arguments.definitions(of: command.init())
      .filter(\.isShown)
  }

  /// The words that call the command.
  var commandLine: String { path.map { $0.commandName }.joined(separator: " ") }

  var text: String {
    var parts: [String] = []
    if !configuration.abstract.isEmpty {
      parts.append(wrap("OVERVIEW: " + configuration.abstract, columns: columns).joined("\n"))
    }
    if !configuration.discussion.isEmpty {
      parts.append(wrap(configuration.discussion, columns: columns).joined("\n"))
    }
    parts.append(usage(heading: "USAGE: "))
    parts += sections.filter { !$0.rows.isEmpty }.map { section in
      ([section.title + ":"] + section.rows.map(row)).joined("\n")
    }
    if !subcommands.isEmpty {
      parts.append("  See '\(path[0].commandName) help <subcommand>' for detailed help.")
    }
    return parts.joined(separator: "\n\n")
  }

  private var subcommands: [any ParsableCommand.Type] {
    configuration.subcommands.filter { $0.configuration.shouldDisplay }
  }

  // MARK: - Usage

  func usage(heading: String) -> String {
    // An option stays on one line with its value.
    let whole = pieces.map { $0.map { $0 == " " ? "\u{A0}" : String($0) }.joined() }
    let synopsis = configuration.usage ?? ([commandLine] + whole).joined(separator: " ")
    let indent = String(repeating: " ", count: heading.count + 2)
    // Wrapped as if the indent stood before the first line too, where the heading is shorter.
    let lines = wrap(synopsis, columns: columns - indent.count)
    let text = ([heading + lines[0]] + lines.dropFirst().map { indent + $0 }).joined("\n")
    return text.map { $0 == "\u{A0}" ? " " : String($0) }.joined()
  }

  private var pieces: [String] {
    let named = definitions.filter { $0.kind != .positional }
    let options =
      named.count > 12
      ? named.filter { !$0.isOptional }.map(piece) + ["[<options>]"] : named.map(piece)
    return options + definitions.filter { $0.kind == .positional }.map(piece)
      + (subcommands.isEmpty ? [] : ["<subcommand>"])
  }

  private func piece(_ definition: Definition) -> String {
    var text =
      definition.kind == .flag
      ? definition.names.map { $0.name }.filter { !$0.isShort || definition.names.count == 1 }
        .map(\.text).joined(separator: "|")
      : definition.title
    if definition.isRepeating { text += " ..." }
    return definition.isOptional ? "[\(text)]" : text
  }

  // MARK: - Sections

  private struct Row {
    var label: String
    var text: String
    var discussion = ""
  }

  private var sections: [(title: String, rows: [Row])] {
    var titles: [String] = []
    for case let group? in definitions.map(\.group) where !titles.contains(group) {
      titles.append(group)
    }
    let own = definitions.filter { $0.group == nil }
    return [
      ("ARGUMENTS", own.filter { $0.kind == .positional }.map(row))
    ]
      + titles.map { title in
        (title.uppercased(), definitions.filter { $0.group == title }.map(row))
      } + [
        ("OPTIONS", own.filter { $0.kind != .positional }.map(row) + builtIns),
        (
          "SUBCOMMANDS",
          subcommands.map { command in
            let isDefault = configuration.defaultSubcommand.map { $0 == command } ?? false
            return Row(
              label: command.commandName + (isDefault ? " (default)" : ""),
              text: command.configuration.abstract)
          }
        ),
      ]
  }

  private var builtIns: [Row] {
    var rows: [Row] = []
    if path.count == 1 {
      let shells = CompletionShell.allCases.map(\.rawValue).joined(separator: ", ")
      rows.append(
        Row(
          label: "--generate-completion-script <shell>",
          text: "Print a completion script. (values: \(shells))"))
    }
    if !configuration.version.isEmpty {
      rows.append(Row(label: "--version", text: "Show the version."))
    }
    rows.append(Row(label: "-h, --help", text: "Show help information."))
    return rows
  }

  private func row(_ definition: Definition) -> Row {
    let names = definition.names.map { $0.name.text }
    let label =
      switch definition.kind {
      case .positional: "<\(definition.valueName)>"
      case .option: names.joined(separator: ", ") + " <\(definition.valueName)>"
      case .flag: names.joined(separator: definition.hasOpposite ? "/" : ", ")
      }
    var notes: [String] = []
    if !definition.values.isEmpty {
      notes.append("values: " + definition.values.joined(separator: ", "))
    }
    if let text = definition.defaultText, !text.isEmpty { notes.append("default: " + text) }
    let note = notes.isEmpty ? nil : "(" + notes.joined(separator: "; ") + ")"
    return Row(
      label: label,
      text: [definition.help.abstract, note].compactMap { $0 }.filter { !$0.isEmpty }
        .joined(separator: " "),
      discussion: definition.help.discussion)
  }

  private func row(_ row: Row) -> String {
    let indent = String(repeating: " ", count: labelColumns)
    var lines = wrap(row.text, columns: columns - labelColumns).map { indent + $0 }
    if row.text.isEmpty { lines = [] }
    let label = "  " + row.label
    if label.count < labelColumns, !lines.isEmpty {
      lines[0] = label + lines[0].dropFirst(label.count)
    } else {
      lines.insert(label, at: 0)
    }
    if !row.discussion.isEmpty {
      lines += wrap(row.discussion, columns: columns - labelColumns).map { indent + $0 }
    }
    return lines.joined("\n")
  }
}

extension Definition {
  /// Whether it is one of a pair such as `--color` and `--no-color`.
  fileprivate var hasOpposite: Bool { names.contains { $0.word == "false" } }
}

extension Sequence<String> {
  /// Lines without blanks at their ends.
  fileprivate func joined(_ separator: String) -> String {
    map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: separator)
  }
}
