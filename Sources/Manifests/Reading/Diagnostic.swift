public import ClusterAPI

/// What reading a manifest has to say about one place of a file.
public struct Diagnostic: Hashable, Sendable {
  public enum Severity: Int, Hashable, Comparable, Sendable {
    /// Nothing is wrong: a field or an object is kept, but not simulated, or read as its successor.
    case note
    /// The object is read, but `kubectl apply` would refuse it under strict field validation.
    case warning
    /// The object, or the whole file, could not be read.
    case error

    public static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }
  }

  public var severity: Severity
  public var location: SourceLocation
  /// The path inside the object, `spec.template.spec.containers[0].image`; empty for the whole.
  public var path: String
  /// What stands in the file at that place: a key or a value, cut where it is long.
  public var text: String
  /// What is wrong, without the place.
  public var message: String
  /// What to do about it.
  public var remedy: String?
  /// The known word nearest to the offending one.
  public var nearest: String?
  /// The template that the document was rendered from, where Helm has written it in a comment.
  public var template: String?
  /// Whether it is about a key that the kind does not have.
  public package(set) var isUnknownField = false

  public init(
    _ severity: Severity, at location: SourceLocation, path: String = "", text: String = "",
    message: String, remedy: String? = nil, nearest: String? = nil
  ) {
    self.severity = severity
    self.location = location
    self.path = path
    self.text = text
    self.message = message
    self.remedy = remedy
    self.nearest = nearest
  }
}

extension Diagnostic: CustomStringConvertible {
  /// One line, as compilers print it: `file:line:column: severity: path: message; remedy`.
  public var description: String {
    let place = path.isEmpty ? "" : "\(path): "
    let help = remedy.map { "; \($0)" } ?? ""
    let origin = template.map { " (from \($0))" } ?? ""
    return "\(location.description): \(severity): \(place)\(message)\(help)\(origin)"
  }
}
