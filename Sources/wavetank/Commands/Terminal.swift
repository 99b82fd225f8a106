import Arguments
import Foundation

/// What the command knows of the terminal that it runs in.
enum Terminal {
  /// Colour is for people: on a terminal, and not where `NO_COLOR` is set (no-color.org).
  static let hasColor = isatty(STDOUT_FILENO) == 1 && takesEscapes

  /// A bar that is drawn again and again is for people too.
  static let hasProgress = isatty(STDERR_FILENO) == 1 && takesEscapes

  private static let takesEscapes: Bool = {
    let environment = ProcessInfo.processInfo.environment
    return (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }()

  /// Columns of the terminal, at least 60; 120 where standard output is none.
  static let columns: Int = {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 120
    }
    return max(60, Int(size.ws_col))
  }()

  /// A line on standard error.
  static func say(_ text: String) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
  }
}

/// The only place that reads the wall clock: the record says when it was made.
enum Clock {
  static func now() -> String { ISO8601DateFormatter().string(from: Date()) }
}

/// Files that reports are written to; folders are made on the way.
enum Files {
  /// - Throws: `ExitCode` 2, with a message, where the file cannot be written.
  static func write(_ text: String, to path: String) throws {
    do {
      try make(text, at: path)
    } catch {
      throw ExitCode(WrongInput.say("cannot write `\(path)`: \(error.localizedDescription)"))
    }
  }

  /// Why a path cannot be read, in a few words.
  static func problem(_ error: any Error) -> String {
    switch CocoaError.Code(rawValue: (error as NSError).code) {
    case .fileReadNoSuchFile, .fileNoSuchFile: "there is no such file or folder"
    case .fileReadNoPermission: "permission denied"
    default: error.localizedDescription
    }
  }

  static func isFolder(_ path: String) -> Bool {
    (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil
  }

  /// What stands before the last `/`; Foundation's own fails on names of one character.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Runs the body with a fresh folder, and takes the folder away.
  static func inTemporaryFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "wavetank-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }

  private static func make(_ text: String, at path: String) throws {
    let folder = folder(of: path)
    if !folder.isEmpty {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  static func append(_ text: String, to path: String) throws {
    let before = FileManager.default.contents(atPath: path) ?? Data()
    try (before + Data(text.utf8)).write(to: URL(fileURLWithPath: path))
  }
}
