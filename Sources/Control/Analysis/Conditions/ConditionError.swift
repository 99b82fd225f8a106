/// Why a condition cannot be read, or has no answer for a result.
public struct ConditionError: Error, Hashable, Sendable {
  /// What is wrong, and what to write instead.
  public var message: String
  /// The byte of the text that it is about, from 0.
  public var offset: Int

  public init(_ message: String, at offset: Int) {
    self.message = message
    self.offset = offset
  }
}
