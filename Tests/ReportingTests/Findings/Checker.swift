import Foundation
import Testing

/// Programs of PyPI that know the formats; `Tests/checkers` installs them.
enum Checker {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  struct Result {
    var status: Int32
    var output: String
  }

  static func run(_ words: [String]) throws -> Result {
    let process = Process()
    process.executableURL = root.appending(path: "Tests/checkers")
    process.arguments = words
    process.currentDirectoryURL = root
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
  }

  /// Why no program can be run; nil: they are there. Said aloud, once.
  static let obstacle: String? = {
    do {
      let result = try run([])
      if result.status == 0 { return nil }
      let words = "SKIPPED, formats are not checked: \(result.output)"
      FileHandle.standardError.write(Data((words + "\n").utf8))
      return words
    } catch {
      return "SKIPPED, formats are not checked: \(error)"
    }
  }()

  /// Validates a JSON text.
  static func expect(_ text: String, fits schema: URL) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "output.json")
    try Data(text.utf8).write(to: file)
    let result = try run([
      "check-jsonschema", "--schemafile", schema.path(percentEncoded: false),
      file.path(percentEncoded: false),
    ])
    #expect(result.status == 0, "\(result.output)")
  }
}

extension Trait where Self == ConditionTrait {
  /// The test is skipped, with a reason, where the programs cannot be had.
  static var needsCheckers: Self {
    .enabled("formats are NOT CHECKED: the programs of Tests/checkers.txt cannot be installed") {
      Checker.obstacle == nil
    }
  }
}
