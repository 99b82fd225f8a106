public import ClusterAPI

/// When a measurement of an analysis succeeds, or fails: an expression of expr-lang over `result`, as
/// Argo Rollouts computes it.
///
/// https://expr-lang.org/docs/language-definition. Of the language are missing: maps, fields, ranges,
/// variables, the pipe, and functions that an answer of Prometheus has no use for; they are errors when
/// the text is read.
public struct AnalysisCondition: Hashable, Sendable {
  /// As it was written.
  public let text: String
  private let node: ConditionNode
  /// What the types of a number, and of a list of numbers, make wrong.
  private let scalarError: ConditionError?
  private let vectorError: ConditionError?

  /// - Throws: where the text is no expression, or has a part that is not supported.
  public init(_ text: String) throws(ConditionError) {
    self.text = text
    let node = try ConditionParser.parse(text)
    scalarError = AnalysisCondition.error(in: node, .number)
    vectorError = AnalysisCondition.error(in: node, .list(of: .number, isPlain: true))
    self.node = try ConditionFolding.folded(node)
  }

  private static func error(in node: ConditionNode, _ result: ConditionType) -> ConditionError? {
    do {
      let type = try ConditionChecker.type(of: node, result: result)
      guard type == .boolean || type == .unknown else {
        return ConditionError("expected true or false, but got \(type.kind)", at: node.offset)
      }
      return nil
    } catch {
      return error
    }
  }

  /// Why it has no answer, whatever Prometheus answers; nil where it may have one.
  public var error: ConditionError? { scalarError == nil ? nil : vectorError }

  /// - Throws: where the types do not fit, an element is missing, or the value is neither true nor false;
  ///   the measurement is an error then.
  public func holds(_ result: MeasuredResult) throws(ConditionError) -> Bool {
    switch result {
    case .scalar: if let scalarError { throw scalarError }
    case .vector: if let vectorError { throw vectorError }
    }
    var run = ConditionRun(result)
    let value = try run.value(of: node)
    guard case .boolean(let holds) = value else {
      throw ConditionError("expected true or false, but got \(value.kind)", at: node.offset)
    }
    return holds
  }

  public static func == (a: AnalysisCondition, b: AnalysisCondition) -> Bool { a.text == b.text }

  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
