import ClusterAPI

/// The program that an exec probe or hook runs, and whether the image must hold it.
enum ExecutedProgram {
  /// A script by its path that no volume of the container brings; nil: there is none.
  ///
  /// - Parameter command: as the manifest gives it.
  static func script(of command: [String], in container: Container) -> String? {
    var word = command.first ?? ""
    if Container.shells.contains(word.lastComponent) {
      let text =
        Container.script(of: command)
        ?? command.dropFirst().first { !$0.hasPrefix("-") } ?? ""
      word = text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
    }
    guard word.hasPrefix("/"), isScript(word), !isMounted(word, container) else { return nil }
    return word
  }

  /// A tool that small images do not have, called as a hook's own program; nil: it is none of these.
  static func tool(of command: [String]) -> String? {
    let words = Container.script(of: command)?.split(whereSeparator: \.isWhitespace).map(
      String.init)
    guard let name = (words ?? command).first?.lastComponent, tools.contains(name) else {
      return nil
    }
    return name
  }

  static func isMounted(_ path: String, _ container: Container) -> Bool {
    container.volumeMounts.contains { mount in
      path == mount.path
        || path.hasPrefix(mount.path.hasSuffix("/") ? mount.path : mount.path + "/")
    }
  }

  private static func isScript(_ path: String) -> Bool {
    [".sh", ".bash", ".py", ".pl", ".rb", ".js", ".php"].contains { path.hasSuffix($0) }
  }

  private static let tools: Set<String> = ["curl", "wget", "nc", "ncat", "netcat", "telnet"]
}
