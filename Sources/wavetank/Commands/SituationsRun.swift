import Arguments
import ClusterAPI
import Foundation
import Harness
import Manifests
import Recording
import Reporting
import Units

/// Rolls a change out in all situations of the workloads that it touches.
struct SituationsRun {
  struct Options {
    var rate: Int?
    var startup: Span?
    var serviceTime: Span?
    var seeds: Int
    var jobs: Int
    /// Whether each situation is run with a rollback guard too.
    var isGuarded: Bool
    /// Of the database; nil: nothing is remembered.
    var store: String?
    /// A folder for the generated scenarios.
    var savedTo: String?
  }

  struct Result {
    /// With what was left out.
    var trees: RehearsalReport.Trees?
    var inputs: [RehearsalReport.Input] = []
    var suite = SuiteRecord([], startedAt: "", commandLine: [])
    /// Of an interruption.
    var stopped: Int32?
    /// Nothing could be rehearsed, with this exit code.
    var code: Int32?

    init(trees: RehearsalReport.Trees?) { self.trees = trees }

    var text: String { text(color: Terminal.hasColor) }
    var plainText: String { text(color: false) }

    private func text(color: Bool) -> String {
      (trees?.leftOut ?? []).map { "left out: \($0)\n" }.joined()
        + inputs.map { RehearsalReport.text($0, color: color) }.joined(separator: "\n")
    }
  }

  let plan: RehearsalPlan
  let settings: RehearsalSettings
  let findings: FindingsRecord
  let options: Options

  /// nil, with a message, where the database cannot be written.
  func run() throws -> Result? {
    var result = Result(trees: plan.trees)
    var rehearsals: [Rehearsal] = []
    for workload in plan.workloads {
      let rehearsal = rehearsal(of: workload)
      if let wrong = rehearsal.diagnostics.first {
        Terminal.say("wavetank: a generated scenario is wrong: \(wrong.description)")
        result.code = 70
        return result
      }
      if let obstacle = rehearsal.obstacle {
        let words =
          "\(workload.key.description) does not come up as it is, so no change of it can be rehearsed: "
          + obstacle.words
        if plan.trees == nil {
          Terminal.say("wavetank: " + words)
        } else {
          result.trees?.leftOut.append(words)
        }
        continue
      }
      rehearsals.append(rehearsal)
    }
    if let folder = options.savedTo { for each in rehearsals { try write(each, to: folder) } }
    if rehearsals.isEmpty, plan.trees == nil, !plan.workloads.isEmpty {
      result.code = 1
      return result
    }
    guard let (suite, stopped) = try execute(rehearsals) else { return nil }
    (result.suite, result.stopped) = (suite, stopped)
    result.inputs = rehearsals.map { rehearsal in
      // Of an interrupted rehearsal, the situations that were run with every seed.
      let rows = rehearsal.rows(suite.runs).filter {
        $0.plain.count == options.seeds
          && $0.guarded.count == (rehearsal.isGuarded($0.situation) ? options.seeds : 0)
      }
      return input(rehearsal, rows)
    }
    return result
  }

  private func rehearsal(of workload: RehearsedWorkload) -> Rehearsal {
    // Tells the scenarios of one workload from those of another.
    let key = workload.key
    let kind = key.kind == .deployment ? "" : key.kind.name.lowercased() + "-"
    let prefix = plan.workloads.count > 1 ? "\(key.namespace)-\(kind)\(key.name)-" : ""
    return Rehearsal(
      manifests: plan.files, workload: workload, change: plan.change(of: workload),
      assumptions: Assumptions(
        plan.objects, workload, rate: options.rate, startup: options.startup,
        serviceTime: options.serviceTime, settings: settings),
      seeds: options.seeds, prefix: prefix, guarded: options.isGuarded,
      rules: plan.ruleFiles, hasAlerts: !plan.rules.alerts.isEmpty)
  }

  private func execute(
    _ rehearsals: [Rehearsal]
  ) throws -> (suite: SuiteRecord, stopped: Int32?)? {
    let scenarios = rehearsals.flatMap(\.scenarios)
    var suite = SuiteRecord(
      scenarios, startedAt: Clock.now(),
      commandLine: ["wavetank"] + CommandLine.arguments.dropFirst())
    var recorder: Recorder?
    if let path = options.store, !scenarios.isEmpty {
      recorder = try Stores.explained(path) { try Recorder(path: path, suite: suite) }
      if recorder == nil { return nil }
    }
    let total = scenarios.reduce(0) { $0 + $1.seeds.count }
    let progress = Progress(total: total)
    suite.runs = Suite.run(
      scenarios, jobs: options.jobs, isStopped: { Interruption.isRequested }
    ) { [recorder] run in
      recorder?.add(run)
      progress.step(run.scenario)
    }
    progress.end()
    let isInterrupted = suite.runs.count < total
    try recorder?.finish(at: Clock.now(), interrupted: isInterrupted)
    let code =
      isInterrupted
      ? Interruption.report(finished: suite.runs.count, of: total, suite: recorder?.suite) : nil
    return (suite, code)
  }

  private func input(_ rehearsal: Rehearsal, _ rows: [Rehearsal.Row]) -> RehearsalReport.Input {
    let counts = plan.set.counts
    let groups = KindGroups(read: counts.readKinds, others: counts.otherKinds)
    let fields = counts.unmodelled.values.reduce(0, +)
    var notes = groups.lines
    if fields > 0 {
      notes.append(
        "\(Words.count(fields, "field")) kept without effect on a run: `wavetank validate` lists them"
      )
    }
    if rehearsal.withoutBadVersion, !rehearsal.workload.isNew {
      notes.append(
        "no bad new version: old and new pods have the same images, so those situations are left out"
      )
    }
    let key = rehearsal.workload.key.description
    let found = Set(
      findings.entries.filter { $0.object == key && $0.standing != .gone }.map(\.id))
    return RehearsalReport.Input(
      workload: key, change: plan.words(of: rehearsal.workload),
      assumptions: rehearsal.assumptions.words,
      manifests: notes, alerts: plan.rules.alerts,
      alertsAnyway: rehearsal.alertsAnyway,
      rows: rows.map { row in
        var shown = RehearsalReport.Row(
          name: row.situation.name, title: row.situation.title,
          bar: row.situation.bar(rehearsal.assumptions), plain: row.plain, guarded: row.guarded)
        shown.findings = row.situation.explainedBy.filter { found.contains($0) }
        return shown
      })
  }

  /// Writes the generated scenarios with their manifests, as a suite to keep.
  private func write(_ rehearsal: Rehearsal, to folder: String) throws {
    for file in rehearsal.files { try Files.write(file.text, to: "\(folder)/\(file.name)") }
    for file in plan.files + plan.ruleFiles + rehearsal.changeFiles {
      try Files.write(String(decoding: file.bytes, as: UTF8.self), to: "\(folder)/\(file.name)")
    }
    Terminal.say("\(rehearsal.files.count) scenarios: \(folder)")
  }
}
