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
    do throws(YAMLError) {
      let documents = try parse(bytes: bytes).filter { $0.root != nil }
      for document in documents.prefix(1) {
        for problem in document.problems {
          reading.diagnostics.append(
            Diagnostic(
              .error,
              at: SourceLocation(file: name, line: problem.mark.line, column: problem.mark.column),
              message: problem.message))
        }
        guard let root = document.root else { continue }
        scenario = read(root, source, &reading)
      }
      if documents.count != 1 {
        reading.diagnostics.append(
          Diagnostic(
            .error, at: SourceLocation(file: name, line: 1, column: 1),
            message: "the file holds \(documents.count) documents",
            remedy: "write one Scenario to a file"))
      }
    } catch {
      reading.diagnostics.append(
        Diagnostic(
          .error,
          at: SourceLocation(file: name, line: error.mark.line, column: error.mark.column),
          message: error.message))
    }
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

/// A scenario while it is read: what depends on several fields is worked out at the end.
struct ScenarioDraft: Sendable {
  var scenario = Scenario()
  var apiVersion = ""
  var kind = ""
  var loads: [LoadTable.Draft] = []
  var changes: [ChangeTable.Draft] = []

  /// Checks what fields say of each other.
  func finish(_ root: YAMLNode, _ reading: inout Reading) -> Scenario {
    var result = scenario
    let spec = root["spec"] ?? root
    result.loads = loads.map { $0.spec(offset: result.warmUp) }
    let deployments = result.objects.filter { $0.kind == .deployment }.map(\.key)
    let services = result.objects.filter { $0.kind == .service }.map(\.key)
    for load in result.loads {
      ScenarioDraft.demand(load.service, services, spec["load"] ?? spec, &reading)
    }
    for rule in result.guards {
      let place = spec["guards"] ?? spec
      ScenarioDraft.demand(rule.deployment, deployments, place, &reading)
      for objective in rule.objectives {
        ScenarioDraft.demand(objective.service, services, place, &reading)
      }
    }
    for objective in result.expect.objectives {
      ScenarioDraft.demand(objective.service, services, spec["expect"] ?? spec, &reading)
    }
    for change in changes {
      result.changes.append(.init(at: change.at, changes: change.changes))
      for single in change.changes {
        if case .apply = single { continue }
        ScenarioDraft.demand(single.key, deployments, spec["change"] ?? spec, &reading)
      }
    }
    for fault in result.faults where fault.at + (fault.duration ?? .zero) > result.duration {
      reading.report(
        .error, at: spec["faults"] ?? spec, "the fault \(fault.kind) lasts beyond the duration",
        remedy: "make `duration` longer, or the fault end earlier")
    }
    for change in result.changes where change.at >= result.duration {
      reading.report(
        .error, at: spec["change"] ?? spec, "the change comes after the end",
        remedy: "make `duration` longer, or `at` earlier")
    }
    return result
  }

  private static func demand(
    _ key: ObjectKey, _ known: [ObjectKey], _ node: YAMLNode, _ reading: inout Reading
  ) {
    if known.contains(key) { return }
    let near = nearest(to: key.name, among: known.map(\.name))
    reading.report(
      .error, at: node, "the manifests have no \(key.description)",
      remedy: near.map { "did you mean `\($0)`?" }
        ?? "known are \(known.map(\.description).joined(separator: ", "))",
      nearest: near)
  }
}
