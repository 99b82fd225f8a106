public import ClusterAPI
public import Manifests
public import Recording

/// Rehearses a change of the user's own Deployments, with no scenario written by hand.
///
/// Each situation becomes two scenario files, without and with a rollback guard; they are run as any
/// other, so that they are recorded, replayed and compared as any other.
public struct Rehearsal: Sendable {
  public var assumptions: Assumptions
  public var deployment: Deployment
  /// By scenario file.
  public private(set) var scenarios: [Scenario] = []
  /// Names and texts of the scenario files.
  public private(set) var files: [(name: String, text: String)] = []
  /// Why the Deployment does not become available as it is; nil where it does.
  public private(set) var obstacle: Obstacle?
  /// What is wrong with a generated scenario; empty unless the product has a fault.
  public private(set) var diagnostics: [Diagnostic] = []

  /// - Parameters:
  ///   - manifests: the files that the objects were read from.
  ///   - images: Deployments and their new images; the first one is judged.
  public init(
    manifests: [(name: String, bytes: [UInt8])], objects: [ClusterObject], deployment: Deployment,
    images: [NewImage], assumptions: Assumptions, seeds: Int
  ) {
    self.assumptions = assumptions
    self.deployment = deployment
    var writer = ScenarioWriter(
      deployment: deployment, images: images, assumptions: assumptions, seeds: seeds,
      manifests: manifests.map(\.name))
    let result = ScenarioReader.read(
      name: "baseline.yaml", bytes: Array(writer.baseline().utf8),
      source: ScenarioSource(recorded: manifests))
    diagnostics += result.diagnostics.filter { $0.severity == .error }
    if let scenario = result.scenario {
      let baseline = Baseline(scenario, ClusterObject.deployment(deployment).key)
      self.assumptions.usualLatency = baseline.usualLatency
      obstacle = baseline.obstacle
      writer.assumptions = self.assumptions
    }
    for situation in situations {
      for guarded in [false, true] {
        let name = situation.name + (guarded ? "-guarded" : "") + ".yaml"
        let text = writer.text(situation, guarded: guarded)
        files.append((name, text))
        let result = ScenarioReader.read(
          name: name, bytes: Array(text.utf8), source: ScenarioSource(recorded: manifests))
        diagnostics += result.diagnostics.filter { $0.severity == .error }
        if let scenario = result.scenario { scenarios.append(scenario) }
      }
    }
  }

  /// Those that can be rehearsed: without requests, errors and latency mean nothing.
  public var situations: [Situation] {
    Situation.all.filter { situation in
      (!situation.needsLoad || !assumptions.services.isEmpty) && situation.isPossible
    }
  }

  /// What came of one situation over the seeds.
  public struct Row: Sendable {
    public var situation: Situation
    public var plain: [RunRecord]
    public var guarded: [RunRecord]

    public var isSurvived: Bool { plain.allSatisfy { $0.verdict == .passed } }
    public var isSurvivedWithGuard: Bool { guarded.allSatisfy { $0.verdict == .passed } }
  }

  /// The runs by situation.
  public func rows(_ runs: [RunRecord]) -> [Row] {
    situations.map { situation in
      Row(
        situation: situation, plain: runs.filter { $0.scenario == situation.name },
        guarded: runs.filter { $0.scenario == situation.name + "-guarded" })
    }
  }
}
