import ClusterAPI
import YAML

extension Reading {
  /// Reports what is wrong inside a text.
  ///
  /// - Parameters:
  ///   - offset: into the text, in bytes.
  ///   - bytes: of the whole file.
  mutating func report(
    _ severity: Diagnostic.Severity, in node: YAMLNode, _ path: String, _ message: String,
    _ remedy: String?, offset: Int, nearest: String?, bytes: [UInt8]
  ) {
    let (line, column) = ScalarPlace.position(ofByte: offset, in: node, bytes)
    diagnostics.append(
      Diagnostic(
        severity, at: SourceLocation(file: file, line: line, column: column), path: path,
        text: node.excerpt, message: message, remedy: remedy, nearest: nearest))
  }
}
