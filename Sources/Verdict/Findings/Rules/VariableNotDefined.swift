import ClusterAPI

/// `$(NAME)` in arguments that no variable of the container stands behind: the program gets the text as it is.
enum VariableNotDefined: FindingRule {
  static let id = "variable-not-defined"
  static let title = "an argument names a variable that the container does not have"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    (workload.spec.initContainers + workload.spec.containers).flatMap { container in
      // What comes from a whole ConfigMap has names that are not here; a shell has a meaning of its own.
      guard container.environmentFrom.isEmpty, container.script == nil,
        !Container.shells.contains(container.program ?? "")
      else { return [RehearsalFinding]() }
      let defined = Set(container.environment.map(\.name))
      var names: [String] = []
      for word in container.words {
        for name in references(in: word) where !defined.contains(name) && !isService(name) {
          if !names.contains(name) { names.append(name) }
        }
      }
      return names.map { name in
        finding(
          .warning, workload.key, part: "\(container.name) \(name)",
          "the arguments of \(container.name) have $(\(name)), which is no variable of it: the program is "
            + "given the text `$(\(name))`",
          .when("unless something replaces it before it is applied"))
      }
    }
  }

  /// Names of `$(NAME)`; `$$(NAME)` is text.
  static func references(in word: String) -> [String] {
    var found: [String] = []
    var rest = word[...]
    while let dollar = rest.firstIndex(of: "$") {
      rest = rest[rest.index(after: dollar)...]
      if rest.first == "$" {
        rest.removeFirst()
        continue
      }
      guard rest.first == "(", let end = rest.firstIndex(of: ")") else { continue }
      let name = rest[rest.index(after: rest.startIndex)..<end]
      let isName = name.utf8.allSatisfy {
        $0 == UInt8(ascii: "_") || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
          || ($0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z"))
      }
      if isName, !name.isEmpty { found.append(String(name)) }
    }
    return found
  }

  /// The kubelet gives each container variables for the Services of its namespace.
  private static func isService(_ name: String) -> Bool {
    name.hasSuffix("_SERVICE_HOST") || name.contains("_SERVICE_PORT") || name.contains("_PORT_")
      || name.hasSuffix("_PORT")
  }
}
