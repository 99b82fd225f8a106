import ClusterAPI
public import Manifests
public import Recording

/// Rehearses a change of the user's own workloads, with no scenario written by hand.
///
/// Each situation becomes two scenario files, without and with a rollback guard; they are run as any
/// other, so that they are recorded, replayed and compared as any other.
public struct Rehearsal: Sendable {
  public var assumptions: Assumptions
  public var workload: RehearsedWorkload
  /// By scenario file.
  public private(set) var scenarios: [Scenario] = []
  /// Names and texts of the scenario files.
  public private(set) var files: [(name: String, text: String)] = []
  /// Why the workload does not become available as it is; nil where it does.
  public private(set) var obstacle: Obstacle?
  /// Alerts that fire though nothing is changed: a situation is not what makes them fire.
  public private(set) var alertsAnyway: Set<String> = []
  /// What is wrong with a generated scenario; empty unless the product has a fault.
  public private(set) var diagnostics: [Diagnostic] = []
  private let change: RehearsedChange
  private let prefix: String
  private let guarded: Bool

  /// - Parameters:
  ///   - manifests: the files of what runs before the change.
  ///   - workload: the one that may be bad, as it runs before the change.
  ///   - guarded: whether each situation is run with a rollback guard too.
  ///   - prefix: in front of the names of scenarios, where several rehearsals are one suite.
  ///   - rules: files of rules that are evaluated besides those among the manifests.
  ///   - hasAlerts: whether alerts are among what is evaluated.
  public init(
    manifests: [(name: String, bytes: [UInt8])], workload: RehearsedWorkload,
    change: RehearsedChange,
    assumptions: Assumptions, seeds: Int, prefix: String = "", guarded: Bool = true,
    rules: [(name: String, bytes: [UInt8])] = [], hasAlerts: Bool = false
  ) {
    self.assumptions = assumptions
    self.workload = workload
    self.change = change
    self.prefix = prefix
    self.guarded = guarded
    var writer = ScenarioWriter(
      workload: workload, change: change, prefix: prefix, assumptions: assumptions,
      seeds: seeds, manifests: manifests.map(\.name),
      ruleFiles: rules.map(\.name) + change.ruleFiles)
    let manifests = manifests + change.files + rules
    let result = ScenarioReader.read(
      name: "baseline.yaml", bytes: Array(writer.baseline(hasAlerts: hasAlerts).utf8),
      source: ScenarioSource(recorded: manifests))
    diagnostics += result.diagnostics.filter { $0.severity == .error }
    if let scenario = result.scenario {
      let baseline = Baseline(scenario, workload.key)
      self.assumptions.usualLatency = baseline.usualLatency
      obstacle = baseline.obstacle
      alertsAnyway = baseline.alerts
      writer.assumptions = self.assumptions
    }
    for situation in situations {
      for guarded in isGuarded(situation) ? [false, true] : [false] {
        let name = writer.name(situation, guarded: guarded) + ".yaml"
        let text = writer.text(situation, guarded: guarded)
        files.append((name, text))
        let result = ScenarioReader.read(
          name: name, bytes: Array(text.utf8), source: ScenarioSource(recorded: manifests))
        diagnostics += result.diagnostics.filter { $0.severity == .error }
        if let scenario = result.scenario { scenarios.append(scenario) }
      }
    }
  }

  /// Those that can be rehearsed: without requests, errors and latency mean nothing, and a version
  /// that has no image of its own cannot be made bad.
  public var situations: [Situation] {
    Situation.all.filter { situation in
      (!situation.needsLoad || !assumptions.services.isEmpty)
        && (!situation.needsZones || assumptions.zones.count > 1)
        && (!situation.isBadVersion || change.newImage != nil)
        && (!situation.needsMemoryLimit || hasMemoryLimit)
        && (situation.rollback == nil || change.canBeRolledBack)
        && (!workload.isNew || situation.isAboutNewWorkloads)
        && (situation.rollback != .applyBase || change.entriesBack != nil)
    }
  }

  /// Whether it is run with a rollback guard too.
  public func isGuarded(_ situation: Situation) -> Bool {
    guarded && workload.canBeGuarded && !situation.isRolledBack
  }

  private var hasMemoryLimit: Bool {
    workload.template.spec.containers.first?.resources.limits["memory"] != nil
  }

  /// What the generated scenarios apply.
  public var changeFiles: [(name: String, bytes: [UInt8])] { change.files }

  /// Those that are left out because old and new pods have the same images.
  public var withoutBadVersion: Bool { change.newImage == nil }

  /// Of the run without a guard.
  func name(of situation: Situation) -> String { prefix + situation.name }

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
        situation: situation, plain: runs.filter { $0.scenario == prefix + situation.name },
        guarded: runs.filter { $0.scenario == prefix + situation.name + "-guarded" })
    }
  }
}
