/// A family of conformance cases: one function of Kubernetes, and the product's function for it.
///
/// A family is one file in `Families/` and one line in `FamilyCatalog`. It decodes the input, calls
/// the very function that the world calls, and encodes the result in the shape of `expected`.
public protocol Family: Sendable {
  /// The name of the file of cases, without `.jsonl`.
  static var name: String { get }
  /// Allowed relative difference of numbers that are not integers.
  static var relativeError: Double { get }

  /// The product's answer to one case; `{"error": ...}` where the product reports an error.
  ///
  /// - Throws: `EvidenceError` when the case cannot be read.
  static func answer(to input: JSON) throws -> JSON

  /// Where the answer differs from what was expected; the default compares the whole trees.
  static func differences(input: JSON, expected: JSON, actual: JSON) throws -> [Difference]
}

extension Family {
  public static var relativeError: Double { 0 }

  public static func differences(
    input: JSON, expected: JSON, actual: JSON
  ) throws -> [Difference] {
    Difference.between(expected, actual, relativeError: relativeError)
  }
}
