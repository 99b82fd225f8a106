package import ClusterAPI
package import YAML

/// A node of a YAML document; `Node` alone is the machine that pods run on.
package typealias YAMLNode = YAML.Node

/// The state of reading one file: where in an object it is, and what it has found so far.
///
/// Each key of the file is counted once: as consumed where a table reads it, as reported where a
/// diagnostic names it or a field around it.
package struct Reading {
  package enum Step: Sendable {
    case key(String)
    case index(Int)
  }

  package let file: String
  /// Of the object being read, as it is written.
  package var apiVersion = ""
  package var diagnostics: [Diagnostic] = []
  /// Fields of the object being read that no table models.
  package var unmodelled: [UnmodelledField] = []
  package var consumedKeys = 0
  package var reportedKeys = 0
  /// How often each field was kept, by its path without indices.
  package private(set) var keptFields: [String: Int] = [:]

  /// Whether an unknown field is an error; a manifest keeps it, as the API server does.
  package var isStrict = false

  /// How many more misspelt words of the file are compared with the known ones.
  private var comparisonsLeft = 1000
  private var steps: [Step] = []

  package init(file: String) { self.file = file }

  /// The path inside the object, dotted, with list indices.
  package var path: String { path { $0 } }

  private func path(_ word: (String) -> String) -> String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let key): text += text.isEmpty ? word(key) : ".\(word(key))"
      case .index(let index): text += "[\(index)]"
      }
    }
    return text
  }

  package mutating func at<T>(_ step: Step, _ body: (inout Reading) -> T) -> T {
    steps.append(step)
    let result = body(&self)
    steps.removeLast()
    return result
  }

  /// How many errors have been reported so far.
  package var errorCount: Int { diagnostics.reduce(0) { $0 + ($1.severity == .error ? 1 : 0) } }

  package func location(_ node: YAMLNode) -> SourceLocation {
    SourceLocation(file: file, line: node.mark.line, column: node.mark.column)
  }

  package mutating func report(
    _ severity: Diagnostic.Severity, at node: YAMLNode, _ message: String, remedy: String? = nil,
    nearest: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(
        severity, at: location(node), path: path(\.excerpt), text: node.excerpt, message: message,
        remedy: remedy, nearest: nearest))
  }

  /// Reports a value of a wrong type; the keys inside it are thereby reported too.
  package mutating func reportWrongType(_ node: YAMLNode, expected: String, remedy: String? = nil) {
    reportedKeys += node.keyCount
    report(
      .error, at: node, "must be \(expected), but is \(node.wording)", remedy: remedy)
  }

  /// The known word that a mistyped one most likely means; nil where none is near, or where a file
  /// has so many unknown words that it is none of ours.
  package mutating func nearest(to word: String, among known: [String]) -> String? {
    guard comparisonsLeft > 0 else { return nil }
    comparisonsLeft -= 1
    return Manifests.nearest(to: word, among: known)
  }

  /// Keeps a field that is not simulated, with all that is inside it.
  package mutating func keep(_ key: YAMLNode, _ value: YAMLNode) {
    reportedKeys += 1 + key.keyCount + value.keyCount
    noteKept(value)
  }

  /// Keeps a field that says nothing, without a word: generated manifests are full of
  /// `creationTimestamp: null` and `status: {}`.
  mutating func keepEmpty(_ value: YAMLNode) {
    consumedKeys += 1
    if !value.isNull {
      unmodelled.append(UnmodelledField(path: path, value: value.documentValue))
    }
  }

  /// Keeps what is inside a field whose key alone is simulated.
  package mutating func keepContent(_ node: YAMLNode) {
    guard node.keyCount > 0 else { return }
    reportedKeys += node.keyCount
    noteKept(node)
    report(.note, at: node, "kept, not simulated")
  }

  private mutating func noteKept(_ value: YAMLNode) {
    unmodelled.append(UnmodelledField(path: path, value: value.documentValue))
    let pattern = steps.reduce(into: "") { text, step in
      switch step {
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      case .index: text += "[]"
      }
    }
    keptFields[pattern, default: 0] += 1
  }
}
