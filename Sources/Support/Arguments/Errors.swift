/// The code with which a process ends; as an error it ends the command without words.
public struct ExitCode: Error, Sendable, Hashable, RawRepresentable {
  public var rawValue: Int32

  public init(rawValue: Int32) { self.rawValue = rawValue }
  public init(_ code: Int32) { rawValue = code }

  public static let success = ExitCode(0)
  public static let failure = ExitCode(1)
  /// Wrong usage or wrong input: 2, where ArgumentParser has 64.
  public static let validationFailure = ExitCode(2)
  /// An error that no command caught: 70, where ArgumentParser has 1.
  public static let software = ExitCode(70)

  public var isSuccess: Bool { self == .success }
}

/// Input that the user can correct; ends with ``ExitCode/validationFailure`` and the usage.
public struct ValidationError: Error, Sendable, Hashable, CustomStringConvertible {
  public var message: String

  public init(_ message: String) { self.message = message }

  public var description: String { message }
}

/// An end that is no failure.
public enum CleanExit: Error, Sendable, CustomStringConvertible {
  /// Shows a command's help page; nil: that of the command that runs.
  case helpRequest((any ParsableCommand.Type)? = nil)
  /// Prints a text.
  case message(String)

  public var description: String {
    switch self {
    case .helpRequest: "--help"
    case .message(let text): text
    }
  }
}

/// An error, and the command it came from: its usage is the one to show.
struct CommandError: Error {
  var base: any Error
  var path: [any ParsableCommand.Type]

  init(_ base: any Error, path: [any ParsableCommand.Type]) {
    self.base = base
    self.path = path
  }
}

/// A command line that does not fit the declaration.
enum UsageError: Error, Hashable {
  case unknownOption(String, nearest: String?)
  case unknownCommand(String, nearest: String?)
  case unexpected([String])
  case missingValue(of: String)
  case valueForFlag(String)
  case missingArgument(String)
  case invalidValue(String, argument: String, reason: String?, values: [String])

  var sentence: String {
    switch self {
    case .unknownOption(let name, let nearest):
      "Unknown option '\(name)'." + Self.suggestion(nearest)
    case .unknownCommand(let name, let nearest):
      "Unknown command '\(name)'." + Self.suggestion(nearest)
    case .unexpected(let words):
      words.count == 1
        ? "Unexpected argument '\(words[0])'."
        : "\(words.count) unexpected arguments: "
          + words.map { "'\($0)'" }.joined(separator: ", ") + "."
    case .missingValue(let argument): "Missing value for '\(argument)'."
    case .valueForFlag(let name): "The flag '\(name)' takes no value."
    case .missingArgument(let argument): "Missing expected argument '\(argument)'."
    case .invalidValue(let value, let argument, let reason, let values):
      "The value '\(value)' is invalid for '\(argument)'"
        + (reason.map { ": \($0)" } ?? ".") + Self.list(values)
        + Self.suggestion(nearest(to: value, among: values))
    }
  }

  private static func suggestion(_ nearest: String?) -> String {
    nearest.map { " Did you mean '\($0)'?" } ?? ""
  }

  private static func list(_ values: [String]) -> String {
    values.isEmpty
      ? "" : " Please provide one of " + values.map { "'\($0)'" }.joined(separator: ", ") + "."
  }
}
