import ClusterAPI

/// Arguments appear where the image said everything: they replace its CMD, and an image that has no
/// ENTRYPOINT runs the first of them as its program.
enum ArgumentsReplaceCommand: FindingRule {
  static let id = "arguments-replace-command"
  static let title = "new arguments replace the command of the image"

  static func find(from base: ExaminedWorkload, to head: ExaminedWorkload) -> [RehearsalFinding] {
    head.containers.compactMap { container in
      guard let before = base.containers.first(where: { $0.name == container.name }),
        before.words.isEmpty, container.command.isEmpty, let first = container.arguments.first
      else { return nil }
      // What begins with a hyphen is no program; else it may well be meant as one.
      guard first.hasPrefix("-") else { return nil }
      return finding(
        .warning, head.key, part: container.name,
        "\(container.name) gets arguments and no command: they replace the CMD of \(container.image), and "
          + "`\(first)` is run as a program if the image has no ENTRYPOINT",
        .when("unless the image has an ENTRYPOINT"))
    }
  }
}
