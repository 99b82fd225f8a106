import Foundation
import SQLite

/// The built command, run as a user runs it.
enum Executable {
  struct Result {
    var code: Int32
    var output: String
    var errors: String
  }

  /// The package's folder, in which the command runs unless told otherwise.
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Beside the tests, where the build puts it: on macOS the tests are a bundle.
  private static let executable: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let tests =
      bundle ?? Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return tests.deletingLastPathComponent().appendingPathComponent("wavetank")
  }()

  /// - Parameters:
  ///   - input: what stands on standard input.
  ///   - environment: besides that of the tests.
  static func run(
    _ arguments: [String], in folder: String? = nil, input: String = "",
    environment: [String: String] = [:]
  ) throws -> Result {
    try inFolder { streams in
      // Files take any amount of text without anybody reading meanwhile.
      let paths = ["input", "output", "errors"].map { URL(fileURLWithPath: "\(streams)/\($0)") }
      try Data(input.utf8).write(to: paths[0])
      for path in paths[1...] { try Data().write(to: path) }
      let process = process(arguments)
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
      process.standardInput = try FileHandle(forReadingFrom: paths[0])
      process.standardOutput = try FileHandle(forWritingTo: paths[1])
      process.standardError = try FileHandle(forWritingTo: paths[2])
      try process.run()
      process.waitUntilExit()
      return Result(
        code: process.terminationStatus,
        output: try String(contentsOf: paths[1], encoding: .utf8),
        errors: try String(contentsOf: paths[2], encoding: .utf8))
    }
  }

  /// A process that is not started yet, and says nothing.
  static func process(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = package
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return process
  }

  /// Starts a process that has far more to run than is waited for, and signals it when its first run
  /// is in the database; returns when it has ended.
  static func signal(
    _ signal: Int32, to process: Process, afterARunIn record: String
  ) throws {
    try process.run()
    var written: Int64 = 0
    while written == 0, process.isRunning {
      usleep(20_000)
      guard let database = try? Database(path: record, readOnly: true) else { continue }
      written = (try? database.rows("SELECT COUNT(*) FROM run") { $0.integer(0) }.first) ?? 0
    }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
  }

  /// Runs the body with a fresh folder, and takes the folder away.
  static func inFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "wavetank-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }
}
