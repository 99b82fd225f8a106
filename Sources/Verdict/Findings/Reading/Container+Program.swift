import ClusterAPI

// What a manifest says of the program of a container.
extension Container {
  /// The file name of the program that the manifest starts; nil: the image says it.
  var program: String? { command.first.map { $0.lastComponent } }

  /// Command and arguments, in their order.
  var words: [String] { command + arguments }

  /// The script of `sh -c script`; nil where no shell is given one.
  var script: String? { Container.script(of: words) }

  /// The value that the manifest itself gives a variable.
  func plainValue(of name: String) -> String? {
    for variable in environment where variable.name == name {
      if case .value(let text) = variable.source { return text }
    }
    return nil
  }

  static let shells: Set<String> = ["sh", "bash", "ash", "dash", "zsh", "ksh"]

  static func script(of words: [String]) -> String? {
    guard let first = words.first, shells.contains(first.lastComponent) else { return nil }
    // `-c`, `-ec`, `-xc`, and what stands before it.
    for (index, word) in words.enumerated().dropFirst() {
      if word.hasPrefix("-"), !word.hasPrefix("--"), word.hasSuffix("c") {
        return words.indices.contains(index + 1) ? words[index + 1] : nil
      }
      if !word.hasPrefix("-") { return nil }
    }
    return nil
  }
}

extension StringProtocol {
  /// What stands behind the last slash.
  var lastComponent: String { String(split(separator: "/").last ?? "") }

  /// Without blanks at both ends.
  var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
