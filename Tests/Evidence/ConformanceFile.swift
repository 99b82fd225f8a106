public import Foundation

/// One recorded call: what a function of Kubernetes was given and what it returned.
public struct ConformanceCase: Sendable {
  public var id: String
  public var input: JSON
  public var expected: JSON
}

/// The cases of one family, one JSON object per line.
public struct ConformanceFile: Sendable {
  /// The family's name.
  public var name: String
  private var bytes: Data

  public init(name: String, text: String) {
    self.name = name
    bytes = Data(text.utf8)
  }

  public init(contentsOf url: URL) throws {
    name = url.deletingPathExtension().lastPathComponent
    bytes = try Data(contentsOf: url)
  }

  /// The number of cases, without reading them.
  public var count: Int {
    bytes.split(separator: UInt8(ascii: "\n")).count
  }

  /// The cases in the order of the file.
  ///
  /// - Throws: `EvidenceError` naming file and line, when a line is not a case.
  public func cases() throws -> [ConformanceCase] {
    var result: [ConformanceCase] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty {
      do {
        let tree = try JSON(parsing: line)
        result.append(
          ConformanceCase(
            id: try tree.string("id"), input: try tree.require("input"),
            expected: try tree.require("expected")))
      } catch let error as EvidenceError {
        throw EvidenceError("\(name).jsonl:\(index + 1): \(error.description)")
      }
    }
    return result
  }

  /// The files of a folder, by name.
  ///
  /// - Throws: `EvidenceError` when the folder is absent or holds no cases.
  public static func all(in folder: URL) throws -> [ConformanceFile] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    let cases = (names ?? []).filter { $0.hasSuffix(".jsonl") }.sorted()
    if cases.isEmpty { throw EvidenceError("no conformance cases (*.jsonl) in \(folder.path)") }
    return try cases.map { try ConformanceFile(contentsOf: folder.appending(path: $0)) }
  }
}
