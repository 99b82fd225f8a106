import Foundation

/// Prometheus' own programs, of Debian's package `prometheus`; every one of them ends by its deadline.
enum Prometheus {
  /// A program did not do what it was asked for.
  struct Failure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
  }

  struct Result {
    var code: Int32
    var output: String
    var errors: String
  }

  /// What the tests run; `timeout` ends a server even where the tests themselves are killed.
  static let programs = ["prometheus", "promtool", "timeout"]

  /// Those that are not here.
  static let missing: [String] = programs.filter { path($0) == nil }

  private static func path(_ program: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// A process under `timeout`, that writes into files of the folder.
  static func process(
    _ words: [String], seconds: Int, in folder: URL, input: URL? = nil, named name: String
  ) throws -> Process {
    guard let timeout = path("timeout"), let program = path(words[0]) else {
      throw Failure("\(words[0]) is not installed")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: timeout)
    process.arguments = ["--kill-after=2", "\(seconds)", program] + words.dropFirst()
    process.currentDirectoryURL = folder
    process.standardInput =
      try input.map { try FileHandle(forReadingFrom: $0) } ?? FileHandle.nullDevice
    // Files take any amount of text without anybody reading meanwhile.
    process.standardOutput = try file("\(name).out", in: folder)
    process.standardError = try file("\(name).err", in: folder)
    return process
  }

  private static func file(_ name: String, in folder: URL) throws -> FileHandle {
    let url = folder.appendingPathComponent(name)
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }

  /// Runs a program to its end.
  static func run(
    _ words: [String], seconds: Int = 60, in folder: URL, input: URL? = nil
  ) throws -> Result {
    let name = UUID().uuidString
    let process = try process(words, seconds: seconds, in: folder, input: input, named: name)
    try process.run()
    process.waitUntilExit()
    func text(_ ending: String) throws -> String {
      try String(contentsOf: folder.appendingPathComponent("\(name).\(ending)"), encoding: .utf8)
    }
    return Result(
      code: process.terminationStatus, output: try text("out"), errors: try text("err"))
  }
}

/// A server on loopback over blocks of samples.
///
/// It takes a port that the system gives it, and says which: ports cannot collide.
final class PrometheusServer {
  private let process: Process
  private let folder: URL
  private let log: URL
  private(set) var address = ""
  var isRunning: Bool { process.isRunning }

  /// - Parameters:
  ///   - blocks: what `promtool tsdb create-blocks-from openmetrics` made.
  ///   - seconds: after which it is ended, whoever has forgotten it.
  init(blocks: URL, in folder: URL, seconds: Int = 120) throws {
    self.folder = folder
    let configuration = folder.appendingPathComponent("prometheus.yml")
    try Data("global: {}\n".utf8).write(to: configuration)
    log = folder.appendingPathComponent("server.err")
    process = try Prometheus.process(
      [
        "prometheus", "--config.file=\(configuration.path)", "--storage.tsdb.path=\(blocks.path)",
        "--storage.tsdb.retention.time=100y", "--web.listen-address=127.0.0.1:0",
      ], seconds: seconds, in: folder, named: "server")
    try process.run()
    do {
      address = try ready(within: 30)
    } catch {
      end()
      throw error
    }
  }

  /// Where it listens, once it answers.
  private func ready(within seconds: Double) throws -> String {
    let deadline = ProcessInfo.processInfo.systemUptime + seconds
    let says = "msg=\"Listening on\" address="
    while process.isRunning, ProcessInfo.processInfo.systemUptime < deadline {
      let text = try String(contentsOf: log, encoding: .utf8)
      if text.contains("Server is ready"), let found = text.range(of: says) {
        return String(text[found.upperBound...].prefix { !$0.isWhitespace })
      }
      usleep(20_000)
    }
    throw Prometheus.Failure(
      "prometheus is not ready: \(try String(contentsOf: log, encoding: .utf8).suffix(2000))")
  }

  /// TERM, and KILL where that does not help, to the group that `timeout` made.
  ///
  /// `timeout` itself passes nothing on: it inherits the signals that the tests block.
  func end() {
    guard process.isRunning else { return }
    let group = -process.processIdentifier
    kill(group, SIGTERM)
    let deadline = ProcessInfo.processInfo.systemUptime + 10
    while process.isRunning {
      if ProcessInfo.processInfo.systemUptime > deadline { kill(group, SIGKILL) }
      usleep(20_000)
    }
  }

  /// The answer of its HTTP API, as promtool hands it on.
  ///
  /// - Parameter times: milliseconds since the epoch; more than one: a range.
  func answer(_ query: String, times: PrometheusTimes) throws -> Any {
    func seconds(_ milliseconds: Int64) -> String {
      "\(milliseconds / 1000).\(String(1000 + milliseconds % 1000).dropFirst())"
    }
    var words = ["promtool", "query"]
    switch times {
    case .instant(let at):
      words += ["instant", "-o", "json", "--time=\(seconds(at))"]
    case .range(let first, let last, let step):
      words += [
        "range", "-o", "json", "--start=\(seconds(first))", "--end=\(seconds(last))",
        "--step=\(step / 1000)s",
      ]
    }
    let result = try Prometheus.run(
      words + ["http://\(address)", query], seconds: 20, in: folder)
    guard result.code == 0 else {
      throw Prometheus.Failure("\(query): \(result.errors)\(result.output)")
    }
    return try JSONSerialization.jsonObject(
      with: Data(result.output.utf8), options: .fragmentsAllowed)
  }
}

/// When a query is evaluated, in milliseconds.
enum PrometheusTimes {
  case instant(Int64)
  case range(first: Int64, last: Int64, step: Int64)
}
