import ClusterAPI
public import Manifests

/// The rules that are evaluated in every run: PrometheusRule objects among manifests, and rule files.
public struct ManifestRules: Sendable {
  public var entries: [RuleSet.Entry]
  /// What is wrong with them, and has not been said before.
  public var diagnostics: [Diagnostic]

  /// - Parameter known: what was said of the same files as manifests.
  public init(files: [(name: String, bytes: [UInt8])], besides known: [Diagnostic]) {
    let holding = files.filter {
      String(decoding: $0.bytes, as: UTF8.self).contains(RuleReader.kind)
    }
    let set = RuleReader.read(files: holding)
    entries = set.entries
    diagnostics = set.diagnostics.filter { one in
      !known.contains { $0.location == one.location && $0.severity == one.severity }
    }
  }

  /// Adds the rules of files that are no manifests.
  public mutating func add(files: [(name: String, bytes: [UInt8])]) {
    for file in files {
      let set = RuleReader.read(files: [file])
      entries += set.entries
      diagnostics += set.diagnostics
      if set.documents == 0, !set.hasErrors {
        diagnostics.append(
          Diagnostic(
            .error, at: SourceLocation(file: file.name, line: 1, column: 1),
            message: "the file holds no rules", remedy: "write `groups:`, or a PrometheusRule"))
      }
    }
  }

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The names of their alerts, each once.
  public var alerts: [String] {
    var seen: Set<String> = []
    return entries.flatMap(\.group.alertNames).filter { seen.insert($0).inserted }
  }
}
