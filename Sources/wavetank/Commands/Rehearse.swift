import ClusterAPI
import Foundation
import Harness
import Manifests
import Recording
import Reporting
import Units

struct RehearseOptions {
  var files: [String] = []
  /// Deployments and their new images; the first is judged.
  var images: [(deployment: String, image: String)] = []
  var seeds = 3
  var jobs = ProcessInfo.processInfo.activeProcessorCount
  /// Requests per second.
  var rate: Int?
  var startup: Span?
  var serviceTime: Span?
  var json = false
  var report: String?
  /// Folder that the generated scenarios are written to.
  var save: String?
  var record: String? = "reports/wavetank.sqlite"
}

/// `wavetank rehearse`: rolls a change of the user's own manifests out under several failures.
enum Rehearse {
  static func run(_ options: RehearseOptions) throws -> Int32 {
    guard let files = ManifestInput.load(options.files) else { return 2 }
    let set = ManifestReader.read(files: files)
    for diagnostic in set.diagnostics where diagnostic.severity == .error {
      Terminal.say(diagnostic.description)
    }
    if set.hasErrors {
      return WrongInput.say("not everything could be read; `wavetank validate` says more")
    }
    guard let deployment = find(options.images, set) else { return 2 }
    let assumptions = Assumptions(
      set.objects, deployment, rate: options.rate, startup: options.startup,
      serviceTime: options.serviceTime)
    let rehearsal = Rehearsal(
      manifests: files, objects: set.objects, deployment: deployment, images: options.images,
      assumptions: assumptions, seeds: options.seeds)
    if let wrong = rehearsal.diagnostics.first {
      Terminal.say("wavetank: a generated scenario is wrong: \(wrong.description)")
      return 70
    }
    if let folder = options.save { try save(rehearsal, files, folder) }
    let suite = try execute(rehearsal, options)
    let rows = rehearsal.rows(suite.runs)
    if options.json {
      print(JSONReport.json(suite), terminator: "")
    } else {
      let advice = Advice.find(rehearsal, rows, jobs: options.jobs)
      print(text(rehearsal, set, options, rows, advice), terminator: "")
    }
    if let path = options.report {
      try Files.write(HTMLReport.html(suite), to: path)
      Terminal.say("report: \(path)")
    }
    return rows.allSatisfy(\.isSurvived) ? 0 : 1
  }

  private static func find(
    _ images: [(deployment: String, image: String)], _ set: ManifestSet
  ) -> Deployment? {
    let deployments = set.objects.compactMap { object -> Deployment? in
      if case .deployment(let deployment) = object { deployment } else { nil }
    }
    var first: Deployment?
    for (name, image) in images {
      guard let deployment = deployments.first(where: { $0.meta.name == name }) else {
        _ = WrongInput.say(
          "no Deployment `\(name)` in the manifests", in: deployments.map(\.meta.name), for: name)
        return nil
      }
      if deployment.spec.template.spec.containers.first?.image == image {
        _ = WrongInput.say("deployment/\(name) has the image \(image) already")
        return nil
      }
      first = first ?? deployment
    }
    if first == nil { _ = WrongInput.say("rehearse needs --set-image DEPLOYMENT=IMAGE") }
    return first
  }

  private static func execute(
    _ rehearsal: Rehearsal, _ options: RehearseOptions
  ) throws -> SuiteRecord {
    var suite = SuiteRecord(
      rehearsal.scenarios, startedAt: Clock.now(),
      commandLine: ["wavetank"] + CommandLine.arguments.dropFirst())
    let recorder = try options.record.map { try Recorder(path: $0, suite: suite) }
    let progress = Progress(total: rehearsal.scenarios.reduce(0) { $0 + $1.seeds.count })
    suite.runs = Suite.run(rehearsal.scenarios, jobs: options.jobs) { run in
      recorder?.add(run)
      progress.step(run.scenario)
    }
    progress.end()
    try recorder?.finish(at: Clock.now())
    return suite
  }

  private static func text(
    _ rehearsal: Rehearsal, _ set: ManifestSet, _ options: RehearseOptions,
    _ rows: [Rehearsal.Row], _ advice: [Advice]
  ) -> String {
    let changes = options.images.map { "deployment/\($0.deployment) to \($0.image)" }
    return RehearsalReport.text(
      RehearsalReport.Input(
        change: changes.joined(separator: ", "), assumptions: rehearsal.assumptions.words,
        notSimulated: set.kinds(simulated: false).map { "\($0.count) \($0.name)" },
        rows: rows.map {
          RehearsalReport.Row(
            title: $0.situation.title, plain: $0.plain, guarded: $0.guarded)
        },
        advice: advice.map {
          "\($0.setting) (\($0.situation): passed with it in \($0.seeds) of \($0.seeds) runs)"
        }), color: Terminal.hasColor)
  }

  /// Writes the generated scenarios with their manifests, as a suite to keep.
  private static func save(
    _ rehearsal: Rehearsal, _ files: [(name: String, bytes: [UInt8])], _ folder: String
  ) throws {
    for file in rehearsal.files { try Files.write(file.text, to: "\(folder)/\(file.name)") }
    for file in files {
      try Files.write(String(decoding: file.bytes, as: UTF8.self), to: "\(folder)/\(file.name)")
    }
    Terminal.say("\(rehearsal.files.count) scenarios: \(folder)")
  }
}
