import ClusterAPI

/// A setting tells a program to go on after an error of its start: the pod is ready and does not work.
enum ErrorsIgnored: FindingRule {
  static let id = "errors-ignored"
  static let title = "a program is told to go on after an error"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    workload.containers.flatMap { container in
      settings(of: container).filter { isIgnoring($0.name, $0.value) }.map { name, value in
        finding(
          .note, workload.key, part: "\(container.name) \(name)",
          "`\(name)` is \(value): \(container.name) goes on after an error, so that its pod is ready, and an "
            + "update goes on, though it does not work", .when("if it fails"))
      }
    }
  }

  private static func settings(of container: Container) -> [(name: String, value: String)] {
    var found: [(name: String, value: String)] = []
    for variable in container.environment {
      if case .value(let text) = variable.source { found.append((variable.name, text)) }
    }
    for word in container.words where word.hasPrefix("--") {
      let sides = word.split(separator: "=", maxSplits: 1)
      if sides.count == 2 { found.append((String(sides[0]), String(sides[1]))) }
    }
    return found
  }

  /// `FAIL_ON_INIT_ERROR=false`, `--ignore-errors=true`
  private static func isIgnoring(_ name: String, _ value: String) -> Bool {
    let words = name.lowercased().split { !$0.isLetter }
    guard words.contains(where: { ["error", "errors", "failure", "failures"].contains($0) }),
      let verb = words.first
    else { return false }
    return switch value.lowercased() {
    case "false", "0", "no":
      ["fail", "exit", "abort", "stop"].contains(verb) && words.contains("on")
    case "true", "1", "yes":
      verb == "ignore" || verb == "skip" || (verb == "continue" && words.contains("on"))
    default: false
    }
  }
}
