import Arguments
import ClusterAPI
import Foundation
import Harness
import Manifests
import Recording
import Reporting
import Units

/// `wavetank rehearse`: rolls a change of the user's own manifests out under several failures.
struct Rehearse: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rolls a change of your own manifests out under several failures.",
    discussion: """
      The change is made as it is and with a rollback guard; what would be survived is said, what \
      would not, and why.

      Examples:
        wavetank rehearse -f k8s/ --set-image web=shop/web:v2
        helm template . | wavetank rehearse -f - --set-image web=shop/web:v2 --rate 200
        wavetank rehearse -f k8s/ --set-image web=shop/web:v2 --save scenarios/web
      """)

  @Option(
    name: [.customShort("f"), .customLong("filename")],
    help: ArgumentHelp("Files, folders, or - for standard input.", valueName: "path"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String]
  @Option(
    name: .customLong("set-image"),
    help: ArgumentHelp(
      "The change; of several the first is judged.", valueName: "deployment=image"),
    transform: newImage)
  var images: [(deployment: String, image: String)]
  @Option(
    help: ArgumentHelp("Runs each situation with the seeds 1 to n.", valueName: "n"),
    transform: wholeNumberAboveZero)
  var seeds = 3
  @Option(
    help: ArgumentHelp("Runs at a time; one per processor by default.", valueName: "n"),
    transform: wholeNumberAboveZero)
  var jobs: Int?
  @Option(
    help: ArgumentHelp(
      "Requests per second; else half of what the replicas can serve, at most 500.", valueName: "n"),
    transform: wholeNumberAboveZero)
  var rate: Int?
  @Option(
    help: ArgumentHelp("How long a pod takes to start, such as 20s.", valueName: "span"),
    transform: spanAboveZero)
  var startup: Span?
  @Option(
    help: ArgumentHelp("How long a request takes, such as 20ms.", valueName: "span"),
    transform: spanAboveZero)
  var serviceTime: Span?
  @Option(help: "What standard output gets.") var output = TextOrJSON.text
  @Option(help: ArgumentHelp("Writes an HTML report.", valueName: "file"), completion: .file())
  var report: String?
  @Option(
    help: ArgumentHelp("Writes the generated scenarios and the manifests.", valueName: "folder"),
    completion: .directory)
  var save: String?
  @OptionGroup() var record: RecordOption
  @Flag(help: "Remembers nothing.") var noRecord = false

  func run() throws { try ExitCode.end(try rehearse()) }

  private func rehearse() throws -> Int32 {
    guard let files = ManifestInput.load(files) else { return 2 }
    let set = ManifestReader.read(files: files)
    for diagnostic in set.diagnostics where diagnostic.severity == .error {
      Terminal.say(diagnostic.description)
    }
    if set.hasErrors {
      return WrongInput.say("not everything could be read; `wavetank validate` says more")
    }
    guard let deployment = find(set) else { return 2 }
    let assumptions = Assumptions(
      set.objects, deployment, rate: rate, startup: startup,
      serviceTime: serviceTime)
    let rehearsal = Rehearsal(
      manifests: files, objects: set.objects, deployment: deployment, images: images,
      assumptions: assumptions, seeds: seeds)
    if let wrong = rehearsal.diagnostics.first {
      Terminal.say("wavetank: a generated scenario is wrong: \(wrong.description)")
      return 70
    }
    if let save { try write(rehearsal, files, to: save) }
    let suite = try execute(rehearsal)
    let rows = rehearsal.rows(suite.runs)
    if output == .json {
      print(JSONReport.json(suite), terminator: "")
    } else {
      let advice = Advice.find(
        rehearsal, rows, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
      print(text(rehearsal, set, rows, advice), terminator: "")
    }
    if let report {
      try Files.write(HTMLReport.html(suite), to: report)
      Terminal.say("report: \(report)")
    }
    return rows.allSatisfy(\.isSurvived) ? 0 : 1
  }

  private func find(_ set: ManifestSet) -> Deployment? {
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
    return first
  }

  private func execute(_ rehearsal: Rehearsal) throws -> SuiteRecord {
    var suite = SuiteRecord(
      rehearsal.scenarios, startedAt: Clock.now(),
      commandLine: ["wavetank"] + CommandLine.arguments.dropFirst())
    let recorder = noRecord ? nil : try Recorder(path: record.path, suite: suite)
    let progress = Progress(total: rehearsal.scenarios.reduce(0) { $0 + $1.seeds.count })
    suite.runs = Suite.run(
      rehearsal.scenarios, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount
    ) { run in
      recorder?.add(run)
      progress.step(run.scenario)
    }
    progress.end()
    try recorder?.finish(at: Clock.now())
    return suite
  }

  private func text(
    _ rehearsal: Rehearsal, _ set: ManifestSet, _ rows: [Rehearsal.Row], _ advice: [Advice]
  ) -> String {
    let changes = images.map { "deployment/\($0.deployment) to \($0.image)" }
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
  private func write(
    _ rehearsal: Rehearsal, _ files: [(name: String, bytes: [UInt8])], to folder: String
  ) throws {
    for file in rehearsal.files { try Files.write(file.text, to: "\(folder)/\(file.name)") }
    for file in files {
      try Files.write(String(decoding: file.bytes, as: UTF8.self), to: "\(folder)/\(file.name)")
    }
    Terminal.say("\(rehearsal.files.count) scenarios: \(folder)")
  }
}

/// Reads a Deployment's name and its new image.
@Sendable private func newImage(_ word: String) throws -> (deployment: String, image: String) {
  let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
  guard parts.count == 2 else { throw ValidationError("write DEPLOYMENT=IMAGE") }
  return (parts[0], parts[1])
}

@Sendable private func spanAboveZero(_ word: String) throws -> Span {
  guard let span = Span(text: word), span > .zero else {
    throw ValidationError("write such as 20s")
  }
  return span
}
