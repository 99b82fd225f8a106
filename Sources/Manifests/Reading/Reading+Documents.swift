import ClusterAPI
package import YAML

// How the reading of every file begins, and ends.
extension Reading {
  /// The roots of a file's documents; what is wrong with it as YAML is an error.
  ///
  /// - Returns: empty where it cannot be read at all.
  package mutating func documents(
    _ bytes: [UInt8], limits: Limits = .standard
  ) -> [YAMLNode] {
    do throws(YAMLError) {
      let documents = try parse(bytes: bytes, limits: limits)
      for problem in documents.flatMap(\.problems) { report(problem.message, at: problem.mark) }
      return documents.compactMap(\.root)
    } catch {
      report(error.message, at: error.mark)
      return []
    }
  }

  /// The root of a file's first document; another number of documents than one is an error.
  ///
  /// - Parameter remedy: what to write instead.
  package mutating func document(_ bytes: [UInt8], orSay remedy: String) -> YAMLNode? {
    let before = errorCount
    let roots = documents(bytes)
    // A file that is no YAML holds nothing else that is wrong.
    if roots.count != 1, !(roots.isEmpty && errorCount > before) {
      diagnostics.append(
        Diagnostic(
          .error, at: SourceLocation(file: file, line: 1, column: 1),
          message: "the file holds \(roots.count) documents", remedy: remedy))
    }
    return roots.first
  }

  private mutating func report(_ message: String, at mark: Mark) {
    diagnostics.append(
      Diagnostic(
        .error, at: SourceLocation(file: file, line: mark.line, column: mark.column),
        message: message))
  }
}

extension [Diagnostic] {
  /// By their places in a file.
  package var byPlace: [Diagnostic] {
    sorted { ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column) }
  }
}
