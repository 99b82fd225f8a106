/// A completion script for bash 3.2 and later.
///
/// The words before the cursor choose the command, the word right before it may be an option that
/// wants a value; otherwise options are offered after a hyphen, else commands and values.
func bashScript(_ commands: [CompletedCommand]) -> String {
  let root = commands[0]
  let function = functionName(root.words)
  let paths = commands.dropFirst().map { "      \(quoted($0.words)) | \\" }
  return """
    # bash completion for \(root.words[0])

    \(function)() {
      local cur prev path i
      COMPREPLY=()
      cur="${COMP_WORDS[COMP_CWORD]}"
      prev="${COMP_WORDS[COMP_CWORD-1]}"
      # Bash makes a word of its own of the sign in --option=value.
      if [[ "$cur" == "=" ]]; then
        cur=""
      elif [[ "$prev" == "=" ]]; then
        prev="${COMP_WORDS[COMP_CWORD-2]}"
      fi
      path=\(quoted(root.words))
      for ((i = 1; i < COMP_CWORD; i++)); do
        case "$path ${COMP_WORDS[i]}" in
    \(paths.joined(separator: "\n"))
          "") path="$path ${COMP_WORDS[i]}" ;;
        esac
      done
      case "$path" in
    \(commands.map(bashCase).joined(separator: "\n"))
      esac
    }

    complete \(root.words[0]) -F \(function)

    """
}

private func quoted(_ words: [String]) -> String { "\"\(words.joined(separator: " "))\"" }

private func bashCase(_ command: CompletedCommand) -> String {
  var lines = ["    \(quoted(command.words)))"]
  let options = command.named.filter { $0.value != nil }
  if !options.isEmpty {
    lines.append("      case \"$prev\" in")
    for option in options {
      let names = option.names.map(\.text).joined(separator: " | ")
      lines.append("        \(names)) \(bashReply(option.value ?? .default)); return ;;")
    }
    lines.append("      esac")
  }
  let names = command.named.flatMap { $0.names.map(\.text) }.joined(separator: " ")
  lines.append("      if [[ \"$cur\" == -* ]]; then")
  lines.append("        COMPREPLY=($(compgen -W \(singleQuoted(names)) -- \"$cur\"))")
  lines.append("      else")
  if !command.subcommands.isEmpty {
    let words = command.subcommands.map(\.name)
    lines.append("        \(bashReply(.list(words)))")
  } else {
    lines.append("        \(bashReply(command.positional.first ?? .default))")
  }
  lines.append("      fi")
  lines.append("      ;;")
  return lines.joined(separator: "\n")
}

/// Lets bash 4 quote blanks and append slashes.
private let asFiles = "compopt -o filenames 2>/dev/null; "

private func bashReply(_ kind: CompletionKind) -> String {
  switch kind {
  case .default: return "COMPREPLY=()"
  case .directory: return asFiles + "COMPREPLY=($(compgen -d -- \"$cur\"))"
  case .list(let words):
    return "COMPREPLY=($(compgen -W \(singleQuoted(words.joined(separator: " "))) -- \"$cur\"))"
  case .file(let extensions):
    if extensions.isEmpty { return asFiles + "COMPREPLY=($(compgen -f -- \"$cur\"))" }
    let files = extensions.map { "$(compgen -f -X '!*.\($0)' -- \"$cur\")" }
    return asFiles + "COMPREPLY=($(compgen -d -- \"$cur\") \(files.joined(separator: " ")))"
  }
}
