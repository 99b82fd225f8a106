import Foundation

/// A folder with scenarios and manifests that run in a moment.
struct Sandbox {
  let folder: String

  static let web = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: 2
      progressDeadlineSeconds: 30
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
          - {name: app, image: "shop/web:v1"}
    """

  static func scenario(
    _ name: String, seeds: Int = 3, outcome: String = "promoted", duration: String = "2m",
    manifests: String = "web.yaml"
  ) -> String {
    """
    apiVersion: wavetank.dev/v1
    kind: Scenario
    metadata: {name: \(name), description: A change of two pods., reference: "https://example.com/"}
    spec:
      seeds: \(seeds)
      duration: \(duration)
      manifests: [\(manifests)]
      change: {at: 10s, setImage: {deployment: web, image: "shop/web:v2"}}
      expect: {outcome: \(outcome)}
    """
  }

  /// - Parameter files: texts by paths.
  static func with<Value>(
    _ files: [String: String], _ body: (Sandbox) throws -> Value
  ) throws -> Value {
    try Executable.inFolder { folder in
      let sandbox = Sandbox(folder: folder)
      for (path, text) in files { try sandbox.write(text, to: path) }
      return try body(sandbox)
    }
  }

  func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)")), as: UTF8.self)
  }

  func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: "\(folder)/\(path)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// Runs the command in the folder.
  func run(_ words: String..., input: String = "") throws -> Executable.Result {
    try Executable.run(words, in: folder, input: input)
  }
}
