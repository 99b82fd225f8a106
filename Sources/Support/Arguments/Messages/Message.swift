/// What there is to say about an error, and the code it ends with.
struct Message {
  let code: ExitCode
  /// One sentence.
  let sentence: String
  /// All that is printed.
  let text: String

  init(_ error: any Error, root: any ParsableCommand.Type, columns: Int? = nil) {
    let wrapped = error as? CommandError
    let path = wrapped?.path ?? [root]
    let columns = columns ?? terminalColumns()
    switch wrapped?.base ?? error {
    case let exit as ExitCode:
      (code, sentence, text) = (exit, "", "")
    case CleanExit.message(let message):
      (code, sentence, text) = (.success, message, message)
    case CleanExit.helpRequest(let command):
      let page = HelpPage(
        path: command.map { root.commandPath(to: $0) } ?? path, columns: columns)
      (code, sentence, text) = (.success, page.text, page.text)
    case let usage as UsageError:
      (code, sentence) = (.validationFailure, usage.sentence)
      text = Self.withUsage(usage.sentence, path: path, columns: columns)
    case let validation as ValidationError:
      (code, sentence) = (.validationFailure, validation.message)
      text = Self.withUsage(validation.message, path: path, columns: columns)
    case let other:
      (code, sentence, text) = (.software, "\(other)", "Error: \(other)")
    }
  }

  private static func withUsage(
    _ sentence: String, path: [any ParsableCommand.Type], columns: Int
  ) -> String {
    let page = HelpPage(path: path, columns: columns)
    return """
      Error: \(sentence)
      \(page.usage(heading: "Usage: "))
        See '\(page.commandLine) --help' for more information.
      """
  }
}
