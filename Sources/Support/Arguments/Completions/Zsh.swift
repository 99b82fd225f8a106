/// A completion script for zsh: one function with `_arguments` for each command.
func zshScript(_ commands: [CompletedCommand]) -> String {
  let root = commands[0]
  return """
    #compdef \(root.words[0])

    \(commands.map(zshFunction).joined(separator: "\n\n"))

    if [ "$funcstack[1]" = "\(functionName(root.words))" ]; then
      \(functionName(root.words)) "$@"
    else
      compdef \(functionName(root.words)) \(root.words[0])
    fi

    """
}

private func zshFunction(_ command: CompletedCommand) -> String {
  var specifications = command.named.flatMap(zshOption)
  if command.subcommands.isEmpty {
    specifications += command.positional.map { singleQuoted("*:\(zshAction("value", $0))") }
      .suffix(1)
  } else {
    specifications += ["'(-)1: :->command'", "'(-)*:: :->argument'"]
  }
  var lines = [
    "\(functionName(command.words))() {",
    "  local context state state_descr line",
    "  typeset -A opt_args",
    "  _arguments -s -S \\",
    specifications.map { "    \($0)" }.joined(separator: " \\\n"),
  ]
  if !command.subcommands.isEmpty {
    lines += ["  local -a commands", "  commands=("]
    lines += command.subcommands.map { name, abstract in
      "    " + singleQuoted(name + ":" + abstract)
    }
    lines += ["  )", "  case \"$state\" in", "    command) _describe command commands ;;"]
    lines += ["    argument)", "      case \"$line[1]\" in"]
    lines += ["        help) _describe command commands ;;"]
    lines += command.subcommands.filter { $0.name != "help" }.map { name, _ in
      "        \(name)) \(functionName(command.words + [name])) ;;"
    }
    lines += ["      esac", "      ;;", "  esac"]
  }
  lines.append("}")
  return lines.joined(separator: "\n")
}

private func zshOption(_ option: CompletedCommand.Named) -> [String] {
  let value = option.value.map { ":" + zshAction(option.valueName, $0) } ?? ""
  let others = option.names.map(\.text).joined(separator: " ")
  return option.names.map { name in
    let exclusion = option.isRepeating ? "*" : "(\(others))"
    let equals = option.value == nil ? "" : name.isShort ? "+" : "="
    return singleQuoted(
      "\(exclusion)\(name.text)\(equals)[\(zshEscaped(option.abstract))]\(value)")
  }
}

private func zshAction(_ title: String, _ kind: CompletionKind) -> String {
  let action =
    switch kind {
    case .default: " "
    case .directory: "_files -/"
    case .list(let words): "(\(words.joined(separator: " ")))"
    case .file(let extensions):
      extensions.isEmpty
        ? "_files"
        : "_files -g \"\(extensions.map { "*.\($0)" }.joined(separator: " "))\""
    }
  return "\(title):\(action)"
}

/// Brackets and colons end a description unless they are escaped.
private func zshEscaped(_ text: String) -> String {
  text.map { "[]:\\".contains($0) ? "\\\($0)" : String($0) }.joined()
}
