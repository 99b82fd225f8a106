import Foundation
import Harness

/// Scenarios as tests use them.
enum Scenarios {
  /// The package's own folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path(percentEncoded: false)

  /// Paths of all shipped scenarios, below the package.
  static let shipped: [String] = {
    let files = (try? ScenarioFiles.list(root + "/scenarios")) ?? []
    return files.map { String($0.dropFirst(root.count + 1)) }
  }()

  static func read(_ path: String) -> ScenarioReader.Result {
    let file = root + "/" + path
    let bytes = FileManager.default.contents(atPath: file) ?? Data()
    return ScenarioReader.read(
      name: path, bytes: [UInt8](bytes),
      source: ScenarioSource(folder: (file as NSString).deletingLastPathComponent))
  }

  /// A Deployment `web` of two pods behind its Service; further documents follow.
  static let web = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: 2
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers: [{name: web, image: "web:v1", readinessProbe: {tcpSocket: {port: 80}}}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80}]}
    ---

    """

  /// The beginning of a scenario file, down to its manifests; keys of `spec` follow.
  static func head(manifests: String = "web.yaml") -> String {
    """
    apiVersion: wavetank.dev/v1
    kind: Scenario
    metadata: {name: test, reference: none}
    spec:
      duration: 10m
      manifests: [\(manifests)]

    """
  }

  static func read(text: String, files: [(name: String, text: String)] = [])
    -> ScenarioReader.Result
  {
    ScenarioReader.read(
      name: "scenario.yaml", bytes: Array(text.utf8),
      source: ScenarioSource(recorded: files.map { ($0.name, Array($0.text.utf8)) }))
  }
}
