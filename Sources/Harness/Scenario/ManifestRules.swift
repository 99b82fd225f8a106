public import Manifests

/// The rules among manifests: the PrometheusRule objects, which are evaluated in every run.
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

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The names of their alerts, each once.
  public var alerts: [String] {
    var seen: Set<String> = []
    return entries.flatMap(\.group.alertNames).filter { seen.insert($0).inserted }
  }
}
