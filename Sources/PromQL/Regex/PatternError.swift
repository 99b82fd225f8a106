/// Why a text is not a regular expression, in the words of RE2.
public struct PatternError: Error, Sendable, Hashable {
  /// Without the place, such as "missing closing ): `(a`".
  public var message: String
  /// The byte of the pattern at which the part in question starts.
  public var offset: Int
}

extension PatternError: CustomStringConvertible {
  /// As Prometheus words it.
  public var description: String { "error parsing regexp: " + message }
}
