/// A shell for which completions can be generated.
public enum CompletionShell: String, Sendable, Hashable, CaseIterable, ExpressibleByArgument {
  case bash, fish, zsh
}

func completionScript(for root: any ParsableCommand.Type, shell: CompletionShell) -> String {
  let commands = CompletedCommand.all(of: root)
  return switch shell {
  case .bash: bashScript(commands)
  case .fish: fishScript(commands)
  case .zsh: zshScript(commands)
  }
}

/// What the scripts say about one command.
struct CompletedCommand {
  /// One thing that starts with a hyphen.
  struct Named {
    var names: [Name]
    var abstract: String
    /// Nil: it takes no value.
    var value: CompletionKind?
    var valueName: String
    var isRepeating: Bool
  }

  /// The words that call it, the program's name first.
  var words: [String]
  var abstract: String
  var subcommands: [(name: String, abstract: String)]
  var named: [Named]
  var positional: [CompletionKind]

  /// The root first, each command before its subcommands.
  static func all(
    of command: any ParsableCommand.Type, under words: [String] = []
  ) -> [CompletedCommand] {
    let configuration = command.configuration
    let subcommands = configuration.subcommands.filter { $0.configuration.shouldDisplay }
    let here = CompletedCommand(command, words: words + [command.commandName], subcommands)
    return [here] + subcommands.flatMap { all(of: $0, under: here.words) }
  }

  private init(
    _ command: any ParsableCommand.Type, words: [String], _ subcommands: [any ParsableCommand.Type]
  ) {
    let definitions = Arguments.definitions(of: command.init())
      .filter(\.isShown)
    self.words = words
    abstract = command.configuration.abstract
    self.subcommands = subcommands.map { ($0.commandName, $0.configuration.abstract) }
    if !subcommands.isEmpty { self.subcommands.append(("help", "Show help information.")) }
    positional = definitions.filter { $0.kind == .positional }.map(\.offered)
    named = definitions.filter { $0.kind != .positional }.map { definition in
      Named(
        names: definition.names.map { $0.name }, abstract: definition.help.abstract,
        value: definition.kind == .option ? definition.offered : nil,
        valueName: definition.valueName,
        isRepeating: definition.isRepeating || definition.names.contains { $0.word == "false" })
    }
    func builtIn(_ names: [Name], _ abstract: String, _ value: CompletionKind? = nil) {
      named.append(
        Named(
          names: names, abstract: abstract, value: value, valueName: "shell", isRepeating: false))
    }
    if words.count == 1 {
      builtIn(
        [.long("generate-completion-script")], "Print a completion script.",
        .list(CompletionShell.allCases.map(\.rawValue)))
    }
    if !command.configuration.version.isEmpty {
      builtIn([.long("version")], "Show the version.")
    }
    builtIn([.short("h"), .long("help")], "Show help information.")
  }
}

extension Definition {
  fileprivate var offered: CompletionKind {
    completion == .default && !values.isEmpty ? .list(values) : completion
  }
}

/// A text as one word of a POSIX shell.
func singleQuoted(_ text: String) -> String {
  "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    + "'"
}

/// The name of a shell function for a command.
func functionName(_ words: [String]) -> String {
  "_"
    + words.joined(separator: "_").map { $0.isLetter || $0.isNumber ? String($0) : "_" }
    .joined()
}
