import ClusterAPI
import Control
public import Manifests
import Units
import Verdict
import World
import YAML

/// Reads scenario files, with everything that is wrong with them in one go.
public enum ScenarioReader {
  /// Gives the bytes of one file that a scenario names; nil after a report.
  typealias Open = @Sendable (String, YAMLNode, inout Reading) -> [UInt8]?

  /// What reading one file gave.
  public struct Result: Sendable {
    /// nil where there is an error.
    public var scenario: Scenario?
    public var diagnostics: [Diagnostic]
  }

  /// - Parameters:
  ///   - name: of the file, for diagnostics and the record.
  ///   - source: gives the files that the scenario names.
  public static func read(name: String, bytes: [UInt8], source: ScenarioSource) -> Result {
    var reading = Reading(file: name)
    reading.isStrict = true
    var scenario: Scenario?
    if let root = reading.document(bytes, orSay: "write one Scenario to a file") {
      scenario = read(root, source, &reading)
    }
    // What the scenario's own file says comes first, in its order.
    let own = reading.diagnostics.filter { $0.location.file == name }.byPlace
    reading.diagnostics = own + reading.diagnostics.filter { $0.location.file != name }
    let isWrong = reading.diagnostics.contains { $0.severity == .error }
    if !isWrong, var read = scenario {
      read.files = [(name, bytes)] + source.files
      return Result(scenario: read, diagnostics: reading.diagnostics)
    }
    return Result(scenario: nil, diagnostics: reading.diagnostics)
  }

  private static func read(
    _ root: YAMLNode, _ source: ScenarioSource, _ reading: inout Reading
  ) -> Scenario? {
    guard root["kind"]?.scalar?.text == "Scenario" else {
      reading.report(
        .error, at: root["kind"] ?? root, "the document is no Scenario",
        remedy: "write `apiVersion: wavetank.dev/v1` and `kind: Scenario`")
      return nil
    }
    var draft = ScenarioDraft()
    reading.read(root, into: &draft, by: ScenarioTable.document(source))
    return draft.finish(root, &reading)
  }
}
