import Foundation

/// Another program, run to its end.
struct Subprocess {
  var code: Int32
  var output: [UInt8]
  var errors: String

  /// Looks the program up on the path.
  ///
  /// - Parameters:
  ///   - environment: besides the command's own.
  ///   - input: on standard input.
  /// - Throws: Foundation's error where it cannot be started.
  static func run(
    _ words: [String], in folder: String? = nil, environment: [String: String] = [:],
    input: String = ""
  ) throws -> Subprocess {
    try Files.inTemporaryFolder { streams in
      // Files take any amount of text without anybody reading meanwhile.
      let paths = ["input", "output", "errors"].map { URL(fileURLWithPath: "\(streams)/\($0)") }
      try Data(input.utf8).write(to: paths[0])
      for path in paths[1...] { try Data().write(to: path) }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = words
      if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.standardInput = try FileHandle(forReadingFrom: paths[0])
      process.standardOutput = try FileHandle(forWritingTo: paths[1])
      process.standardError = try FileHandle(forWritingTo: paths[2])
      try process.run()
      process.waitUntilExit()
      return Subprocess(
        code: process.terminationStatus, output: [UInt8](try Data(contentsOf: paths[1])),
        errors: String(decoding: try Data(contentsOf: paths[2]), as: UTF8.self))
    }
  }

  /// Whether the path has a program of this name.
  static func exists(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
  }

  /// Its output as lines.
  var lines: [String] {
    String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
