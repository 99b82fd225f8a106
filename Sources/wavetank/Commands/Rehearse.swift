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

      A Deployment of several containers needs the container's name, unless one of them has the \
      new image's repository already. As with kubectl, the Deployment may be written \
      deployment/web, and a container's name alone will do where only one Deployment has it.

      Examples:
        wavetank rehearse -f k8s/ --set-image web=shop/web:v2
        helm template . | wavetank rehearse -f - --set-image web=shop/web:v2 --rate 200
        wavetank rehearse -f k8s/ --set-image default/web:app=shop/web:v2 --save scenarios/web
      """)

  @Option(
    name: [.customShort("f"), .customLong("filename")],
    help: ArgumentHelp("Files, folders, or - for standard input.", valueName: "path"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String]
  @Option(
    name: .customLong("set-image"),
    help: ArgumentHelp(
      "The change, as [namespace/]deployment[:container]=image; of several the first is judged.",
      valueName: "deployment=image"), transform: { try ImageChange($0) })
  var images: [ImageChange]
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
    guard let (images, deployment) = find(set) else { return 2 }
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
    if let obstacle = rehearsal.obstacle {
      let name = ClusterObject.deployment(deployment).key.description
      Terminal.say(
        "wavetank: \(name) does not come up as it is, so no change of it can be rehearsed: "
          + obstacle.words)
      return 1
    }
    if let save { try write(rehearsal, files, to: save) }
    guard let (suite, stopped) = try execute(rehearsal) else { return 2 }
    // Of an interrupted rehearsal, the situations that were run with every seed.
    let rows = rehearsal.rows(suite.runs).filter {
      $0.plain.count == seeds && $0.guarded.count == seeds
    }
    let advice =
      stopped == nil
      ? Advice.find(rehearsal, rows, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
      : []
    let input = input(rehearsal, set, images, rows, advice)
    print(
      output == .json
        ? RehearsalReport.json(input) : RehearsalReport.text(input, color: Terminal.hasColor),
      terminator: "")
    if let report {
      try Files.write(HTMLReport.html(suite), to: report)
      Terminal.say("report: \(report)")
    }
    return stopped ?? (rows.allSatisfy(\.isSurvived) ? 0 : 1)
  }

  /// The changes, and the Deployment that is judged; nil, with a message, where there is none.
  private func find(_ set: ManifestSet) -> (images: [NewImage], deployment: Deployment)? {
    let deployments = set.objects.compactMap { object -> Deployment? in
      if case .deployment(let deployment) = object { deployment } else { nil }
    }
    var found: [NewImage] = []
    var first: Deployment?
    for change in images {
      do throws(ImageChange.Problem) {
        let (image, deployment) = try change.resolve(deployments)
        let containers = deployment.spec.template.spec.containers
        let present = image.container.map { name in containers.filter { $0.name == name } }
        if (present ?? containers).first?.image == image.image {
          _ = WrongInput.say(
            "\(image.deployment.description) has the image \(image.image) already")
          return nil
        }
        found.append(image)
        first = first ?? deployment
      } catch {
        _ =
          switch error {
          case .ambiguous(let message): WrongInput.say(message)
          case .unknown(let message, let known, let word):
            WrongInput.say(message, in: known, for: word, none: "there is no Deployment in them")
          }
        return nil
      }
    }
    return first.map { (found, $0) }
  }

  private func execute(_ rehearsal: Rehearsal) throws -> (suite: SuiteRecord, stopped: Int32?)? {
    var suite = SuiteRecord(
      rehearsal.scenarios, startedAt: Clock.now(),
      commandLine: ["wavetank"] + CommandLine.arguments.dropFirst())
    var recorder: Recorder?
    if !noRecord {
      recorder = try Stores.explained(record.path) { try Recorder(path: record.path, suite: suite) }
      if recorder == nil { return nil }
    }
    let total = rehearsal.scenarios.reduce(0) { $0 + $1.seeds.count }
    let progress = Progress(total: total)
    Interruption.watch()
    suite.runs = Suite.run(
      rehearsal.scenarios, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
      isStopped: { Interruption.isRequested }
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

  private func input(
    _ rehearsal: Rehearsal, _ set: ManifestSet, _ images: [NewImage], _ rows: [Rehearsal.Row],
    _ advice: [Advice]
  ) -> RehearsalReport.Input {
    let changes = images.map { image in
      let container = image.container.map { " (container \($0))" } ?? ""
      return "\(image.deployment.description)\(container) to \(image.image)"
    }
    let groups = KindGroups(read: set.counts.readKinds, others: set.counts.otherKinds)
    let fields = set.counts.unmodelled.values.reduce(0, +)
    var notes = groups.lines
    if fields > 0 {
      notes.append(
        "\(Words.count(fields, "field")) kept without effect on a run: `wavetank validate` lists them"
      )
    }
    return RehearsalReport.Input(
      change: changes.joined(separator: ", "), assumptions: rehearsal.assumptions.words,
      manifests: notes,
      rows: rows.map {
        RehearsalReport.Row(
          name: $0.situation.name, title: $0.situation.title,
          bar: $0.situation.bar(rehearsal.assumptions), plain: $0.plain, guarded: $0.guarded)
      },
      advice: advice.map {
        "\($0.setting) (\($0.situation): passed with it in \($0.seeds) of \($0.seeds) runs)"
      })
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

@Sendable private func spanAboveZero(_ word: String) throws -> Span {
  guard let span = Span(text: word), span > .zero else {
    throw ValidationError("write such as 20s")
  }
  return span
}
