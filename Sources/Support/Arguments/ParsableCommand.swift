/// A type whose wrapped properties are filled from a command line.
///
/// The shape, the names and the behaviour are those of Swift's ArgumentParser 1.8; whoever knows
/// that library knows this one, and to exchange them is a change of imports. On purpose different:
/// wrong usage exits with 2 instead of 64, an error that no command caught with 70 instead of 1
/// (Wavetank keeps 1 for a missed expectation), and a misspelt command names the nearest.
public protocol ParsableArguments: SendableMetatype {
  init()

  /// Checks what no single property can check; called once all are filled.
  ///
  /// - Throws: ``ValidationError`` with a sentence for the user.
  mutating func validate() throws
}

extension ParsableArguments {
  public mutating func validate() throws {}
}

/// A command, or a command with subcommands.
///
///     @main struct Greet: ParsableCommand {
///       static let configuration = CommandConfiguration(abstract: "Greets people.")
///       @Argument(help: "Whom to greet.") var names: [String]
///       @Option(name: .shortAndLong, help: "How often.") var count = 1
///       func run() { ... }
///     }
public protocol ParsableCommand: ParsableArguments {
  static var configuration: CommandConfiguration { get }

  /// Does the work; by default shows the help.
  ///
  /// - Throws: ``ExitCode`` to end with that code and no words, ``ValidationError`` for wrong input,
  ///   ``CleanExit`` to end with words and code 0; any other error ends with code 70.
  mutating func run() throws
}

extension ParsableCommand {
  public static var configuration: CommandConfiguration { CommandConfiguration() }

  public mutating func run() throws { throw CleanExit.helpRequest(Self.self) }

  static var commandName: String { configuration.commandName ?? kebabCase("\(Self.self)") }
}

extension ParsableCommand {
  /// Runs the program: parses the process' arguments, runs the command, and exits on an error.
  public static func main() { main(nil) }

  /// Runs the program with the given arguments; nil stands for those of the process.
  public static func main(_ arguments: [String]?) {
    do {
      var (command, path) = try parseCommandLine(
        arguments ?? Array(CommandLine.arguments.dropFirst()), root: Self.self)
      do { try command.run() } catch { throw CommandError(error, path: path) }
    } catch {
      exit(withError: error)
    }
  }

  /// Parses into this command or one of its subcommands, without running it.
  public static func parseAsRoot(
    _ arguments: [String]? = nil
  ) throws -> any ParsableCommand {
    try parseCommandLine(
      arguments ?? Array(CommandLine.arguments.dropFirst()), root: Self.self
    ).command
  }

  /// Parses into this very command, without running it.
  public static func parse(_ arguments: [String]? = nil) throws -> Self {
    let command = try parseAsRoot(arguments)
    guard let command = command as? Self else {
      throw ValidationError("'\(type(of: command).commandName)' is a command of its own.")
    }
    return command
  }

  /// Prints what there is to say about an error, and ends the process with its code.
  public static func exit(withError error: (any Error)? = nil) -> Never {
    guard let error else { endProcess(.success) }
    let code = exitCode(for: error)
    let text = fullMessage(for: error)
    if !text.isEmpty { write(text + "\n", to: code == .success ? .output : .error) }
    endProcess(code)
  }

  /// The code with which the process ends on an error.
  public static func exitCode(for error: any Error) -> ExitCode {
    Message(error, root: Self.self).code
  }

  /// One sentence about an error.
  public static func message(for error: any Error) -> String {
    Message(error, root: Self.self).sentence
  }

  /// All that is printed about an error: the sentence, the usage, where help is.
  public static func fullMessage(for error: any Error, columns: Int? = nil) -> String {
    Message(error, root: Self.self, columns: columns).text
  }

  /// The help page of this command, as a root.
  public static func helpMessage(columns: Int? = nil) -> String {
    HelpPage(path: [Self.self], columns: columns ?? terminalColumns()).text
  }

  /// The help page of one of this command's subcommands.
  public static func helpMessage(
    for subcommand: any ParsableCommand.Type, columns: Int? = nil
  ) -> String {
    HelpPage(path: commandPath(to: subcommand), columns: columns ?? terminalColumns()).text
  }

  /// The completions of this command, as a script for a shell.
  public static func completionScript(for shell: CompletionShell) -> String {
    Arguments.completionScript(for: Self.self, shell: shell)
  }

  /// The commands that lead from this one to a subcommand; this one alone if none does.
  static func commandPath(to target: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
    func search(
      _ path: [any ParsableCommand.Type]
    ) -> [any ParsableCommand.Type]? {
      guard let last = path.last, last != target else { return path }
      for subcommand in last.configuration.subcommands {
        if let found = search(path + [subcommand]) { return found }
      }
      return nil
    }
    return search([Self.self]) ?? [Self.self]
  }
}
