public import ClusterAPI

/// What is to be said about a place of a file: what is wrong there, and what to write instead.
public struct Diagnostic: Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable {
    /// The object cannot be read.
    case error
    /// Read, but probably not as it was meant.
    case warning
    /// Read and kept, but not simulated.
    case note
  }

  public var severity: Severity
  public var location: SourceLocation
  public var message: String
  public var remedy: String?

  public init(
    _ severity: Severity, _ location: SourceLocation, _ message: String, remedy: String? = nil
  ) {
    self.severity = severity
    self.location = location
    self.message = message
    self.remedy = remedy
  }

  /// `file:line:column: severity: message` with the remedy behind it.
  public var description: String {
    let tail = remedy.map { "; \($0)" } ?? ""
    return "\(location.description): \(severity.rawValue): \(message)\(tail)"
  }
}
