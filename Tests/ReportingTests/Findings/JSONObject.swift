import Foundation
import Recording
import Testing

@testable import Reporting

extension SampleFindings {
  /// Every shape that a writer of a format meets.
  static var all: [FindingsRecord] {
    [change, alone, hostile, many(40), FindingsRecord(base: nil, entries: [], workloads: 0)]
  }
}

/// A JSON text as an object.
func jsonObject(_ text: String) throws -> [String: Any] {
  try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}
