/// What a command is called, what its help says, and which subcommands it has.
public struct CommandConfiguration: Sendable {
  /// The word on the command line; nil: the type's name, lower-case with hyphens.
  public var commandName: String?
  /// One sentence for the list of commands and the top of the help page.
  public var abstract: String
  /// The usage line; nil: generated.
  public var usage: String?
  /// Paragraphs and examples; lines that start with a blank are kept as they are.
  public var discussion: String
  /// What `--version` prints; empty: no such flag.
  public var version: String
  /// Whether the list of commands shows this one.
  public var shouldDisplay: Bool
  public var subcommands: [any ParsableCommand.Type]
  /// The subcommand that runs where none is named.
  public var defaultSubcommand: (any ParsableCommand.Type)?
  /// Other words for the command.
  public var aliases: [String]

  public init(
    commandName: String? = nil, abstract: String = "", usage: String? = nil,
    discussion: String = "", version: String = "", shouldDisplay: Bool = true,
    subcommands: [any ParsableCommand.Type] = [],
    defaultSubcommand: (any ParsableCommand.Type)? = nil, aliases: [String] = []
  ) {
    self.commandName = commandName
    self.abstract = abstract
    self.usage = usage
    self.discussion = discussion
    self.version = version
    self.shouldDisplay = shouldDisplay
    self.subcommands = subcommands
    self.defaultSubcommand = defaultSubcommand
    self.aliases = aliases
  }
}
