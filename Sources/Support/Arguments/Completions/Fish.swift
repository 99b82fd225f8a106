/// A completion script for fish: one `complete` line for each name and command.
func fishScript(_ commands: [CompletedCommand]) -> String {
  let root = commands[0]
  let function = "__fish" + functionName(root.words) + "_at"
  let paths = commands.map { singleQuoted($0.words.joined(separator: " ")) }
  return """
    # fish completion for \(root.words[0])

    # Whether the words before the cursor call the given command.
    function \(function)
      set -l path \(root.words[0])
      set -l words (commandline -opc)
      for word in $words[2..-1]
        if contains -- "$path $word" \(paths.joined(separator: " "))
          set path "$path $word"
        end
      end
      test "$path" = "$argv[1]"
    end

    complete -c \(root.words[0]) -f
    \(commands.flatMap { fishLines($0, function: function) }.joined(separator: "\n"))

    """
}

private func fishLines(_ command: CompletedCommand, function: String) -> [String] {
  let condition = "\(function) \"\(command.words.joined(separator: " "))\""
  let start = "complete -c \(command.words[0]) -n \(fishQuoted(condition))"
  var lines = command.subcommands.map { name, abstract in
    "\(start) -a \(fishQuoted(name)) -d \(fishQuoted(abstract))"
  }
  if command.subcommands.isEmpty, let kind = command.positional.last, kind != .default {
    lines.append("\(start) \(fishValue(kind))")
  }
  for option in command.named {
    var line = start
    for name in option.names {
      switch name {
      case .long(let name): line += " -l \(name)"
      case .short(let letter): line += " -s \(letter)"
      }
    }
    if let value = option.value { line += " -r " + fishValue(value) }
    lines.append(line + " -d \(fishQuoted(option.abstract))")
  }
  return lines
}

private func fishValue(_ kind: CompletionKind) -> String {
  switch kind {
  case .default: "-f"
  case .directory: "-f -a \"(__fish_complete_directories)\""
  case .list(let words): "-f -a \(fishQuoted(words.joined(separator: " ")))"
  case .file(let extensions):
    extensions.isEmpty
      ? "-F"
      : "-f -a \"(" + extensions.map { "__fish_complete_suffix .\($0)" }.joined(separator: "; ")
        + ")\""
  }
}

/// Between single quotes fish knows two escapes: of the quote and of the backslash.
private func fishQuoted(_ text: String) -> String {
  "'" + text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "'"
}
