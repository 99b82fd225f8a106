/// What the help page says about an argument.
public struct ArgumentHelp: Sendable, ExpressibleByStringInterpolation {
  public enum Visibility: Sendable, Hashable {
    case `default`, hidden
  }

  /// One sentence.
  public var abstract: String
  /// More about it, in the help page below the sentence.
  public var discussion: String
  /// What stands between `<` and `>`; nil: the property's name.
  public var valueName: String?
  public var visibility: Visibility

  public init(
    _ abstract: String = "", discussion: String = "", valueName: String? = nil,
    visibility: Visibility = .default
  ) {
    self.abstract = abstract
    self.discussion = discussion
    self.valueName = valueName
    self.visibility = visibility
  }

  public init(stringLiteral value: String) { self.init(value) }
}

/// What a shell offers as a value.
public enum CompletionKind: Sendable, Hashable {
  /// What the type knows: the cases of an enumeration, else nothing.
  case `default`
  case list([String])
  /// Files, optionally only with these extensions (without the dot).
  case file(extensions: [String] = [])
  case directory
}

/// How an option finds its value.
public enum SingleValueParsingStrategy: Sendable, Hashable {
  /// The next argument, unless it looks like an option.
  case next
  /// The next argument, whatever it looks like.
  case unconditional
}

/// How an option with many values finds them.
public enum ArrayParsingStrategy: Sendable, Hashable {
  /// One value each time the option is given.
  case singleValue
  /// One value each time the option is given, whatever it looks like.
  case unconditionalSingleValue
  /// All arguments up to the next one that looks like an option.
  case upToNextOption
  /// All arguments that follow.
  case remaining
}
