import ClusterAPI
import Manifests

/// Diagnostics as lines of a terminal: so many of each file that the last file is still seen.
enum DiagnosticLines {
  /// Of one file, at most; the gravest come first.
  static let perFile = 20

  /// - Parameter all: where the rest can be read.
  static func lines(_ diagnostics: [Diagnostic], all: String? = nil) -> [String] {
    var lines: [String] = []
    for file in files(diagnostics) {
      let own = diagnostics.filter { $0.location.file == file }
      // In the order of the file, but errors are not pushed out by notes.
      let shown = Set(
        own.indices.sorted {
          (own[$1].severity.rawValue, $0) < (own[$0].severity.rawValue, $1)
        }.prefix(perFile))
      lines += own.indices.filter(shown.contains).map { own[$0].description }
      let rest = own.indices.filter { !shown.contains($0) }.map { own[$0].severity }
      if rest.isEmpty { continue }
      let parts = [Diagnostic.Severity.error, .warning, .note].compactMap { severity in
        let count = rest.count { $0 == severity }
        return count == 0 ? nil : "\(count) \(severity)\(count == 1 ? "" : "s")"
      }
      lines.append("\(file): \(parts.joined(separator: ", ")) more" + (all.map { "; \($0)" } ?? ""))
    }
    return lines
  }

  /// In the order of their first diagnostics.
  private static func files(_ diagnostics: [Diagnostic]) -> [String] {
    var known: Set<String> = []
    return diagnostics.map(\.location.file).filter { known.insert($0).inserted }
  }
}
