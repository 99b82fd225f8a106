/// Why an analysis cannot be asked as it is written.
public struct AnalysisError: Error, Hashable, Sendable {
  public var message: String

  public init(_ message: String) { self.message = message }
}
