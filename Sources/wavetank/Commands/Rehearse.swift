import Arguments
import ClusterAPI
import Foundation
import Harness
import Manifests
import Recording
import Reporting
import Units
import Verdict

/// `wavetank rehearse`: rolls a change of the user's own manifests out under several failures.
struct Rehearse: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rolls a change of your own manifests out under several failures.",
    discussion: """
      The change is what differs from --base, or new images, or without either a restart of every \
      workload. Findings say what would go wrong in production, under which condition, and which \
      setting helps; then the change is rolled out under several failures, and with --guard with a \
      rollback guard too.

      wavetank.yaml beside the manifests says what they cannot tell, and which findings are \
      accepted; `wavetank init` writes one. The exit code is 1 where the change brings a finding at \
      or above --fail-on.

      --base is a file or a folder, else a git revision, of which the paths of -f are read without \
      touching the work tree. Of a folder with a kustomization.yaml, kubectl or kustomize makes the \
      manifests, where one of them is installed.

      A Deployment of several containers needs the container's name, unless one of them has the \
      new image's repository already. As with kubectl, the Deployment may be written \
      deployment/web, and a container's name alone will do where only one Deployment has it.

      Examples:
        wavetank rehearse --base origin/main -f k8s/
        wavetank rehearse --base old/ -f new/ --output markdown > comment.md
        wavetank rehearse --base v1.4.0 --render 'helm template shop chart/ -f values.yaml'
        wavetank rehearse -f k8s/ --set-image web=shop/web:v2
        helm template . | wavetank rehearse -f - --set-image web=shop/web:v2 --rate 200
        wavetank rehearse -f k8s/ --set-image default/web:app=shop/web:v2 --save scenarios/web
      """)

  @Option(
    name: [.customShort("f"), .customLong("filename")],
    help: ArgumentHelp("Files, folders, or - for standard input.", valueName: "path"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String] = []
  @Option(
    help: ArgumentHelp(
      "What runs before the change: a file, a folder, or a git revision.", valueName: "base"),
    completion: .directory)
  var base: String?
  @Option(
    help: ArgumentHelp(
      "Prints the manifests, run in both trees instead of reading -f.", valueName: "command"))
  var render: String?
  @Flag(help: "Deletes what --base has and the new manifests have not.") var prune = false
  @Option(
    help: ArgumentHelp("Runs the situations of so many Deployments at most.", valueName: "n"),
    transform: wholeNumberAboveZero)
  var workloads = 12
  @Option(
    name: .customLong("set-image"),
    help: ArgumentHelp(
      "The change, as [namespace/]deployment[:container]=image; of several the first is judged.",
      valueName: "deployment=image"), transform: { try ImageChange($0) })
  var images: [ImageChange] = []
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
  @Option(help: "What standard output gets.") var output = RehearsalOutput.text
  @Option(help: "The least severe new finding that fails: error, warning, note or never.")
  var failOn = FailOn.error
  @Option(
    help: ArgumentHelp("Accepts a finding; a reason belongs into wavetank.yaml.", valueName: "id"),
    transform: findingID)
  var accept: [String] = []
  @Option(
    help: ArgumentHelp("Instead of wavetank.yaml beside the manifests.", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var settings: String?
  @Flag(help: "Runs no situations: findings only.") var findingsOnly = false
  @Flag(
    name: .customLong("guard"), help: "Runs each situation with a rollback guard too.")
  var withGuard = false
  @Option(help: ArgumentHelp("Writes an HTML report.", valueName: "file"), completion: .file())
  var report: String?
  @Option(
    help: ArgumentHelp("Writes the generated scenarios and the manifests.", valueName: "folder"),
    completion: .directory)
  var save: String?
  @OptionGroup() var record: RecordOption
  @Flag(help: "Remembers nothing.") var noRecord = false

  func run() throws { try ExitCode.end(try rehearse()) }

  func validate() throws {
    if base != nil, !images.isEmpty {
      throw ValidationError("the change is either --base or --set-image")
    }
    if files.isEmpty, render == nil {
      throw ValidationError("write -f with files or folders, or --render with a command")
    }
    if !files.isEmpty, render != nil {
      throw ValidationError("manifests come either from -f or from --render")
    }
    if prune, base == nil { throw ValidationError("--prune needs --base") }
  }

  private func rehearse() throws -> Int32 {
    do {
      guard let plan = try plan() else { return 2 }
      return try rehearse(plan)
    } catch let problem as TreeProblem {
      return WrongInput.say(problem.message)
    }
  }

  /// nil, with a message, where the input is wrong.
  private func plan() throws -> RehearsalPlan? {
    let input = TreeInput(paths: files, command: render)
    let headFiles = try input.head()
    guard let head = read(headFiles) else { return nil }
    if let base {
      let baseFiles = try input.base(base)
      guard let before = read(baseFiles) else { return nil }
      return RehearsalPlan(
        from: (baseFiles, before), named: base, to: head, prunes: prune, limit: workloads)
    }
    if images.isEmpty {
      if head.deployments.isEmpty {
        _ = WrongInput.say("there is no Deployment in the manifests that could be restarted")
        return nil
      }
      let count = head.deployments.count
      if count > workloads {
        Terminal.say("wavetank: \(workloads) of \(count) Deployments are watched; --workloads")
      }
      return RehearsalPlan(restarting: head, files: headFiles, limit: workloads)
    }
    guard let (images, deployment) = find(head) else { return nil }
    return RehearsalPlan(files: headFiles, set: head, images: images, deployment: deployment)
  }

  private func read(_ files: [(name: String, bytes: [UInt8])]) -> ManifestSet? {
    let set = ManifestReader.read(files: files)
    let errors = set.diagnostics.filter { $0.severity == .error }
    for line in DiagnosticLines.lines(errors) { Terminal.say(line) }
    // Of two trees, single objects may be refused: that is part of the answer.
    let isAnswer = base != nil && set.counts.rejections.allSatisfy { !($0.key?.name ?? "").isEmpty }
    if !set.hasErrors || isAnswer { return set }
    _ = WrongInput.say("not everything could be read; `wavetank validate` says more")
    return nil
  }

  private func rehearse(_ plan: RehearsalPlan) throws -> Int32 {
    guard let known = SettingsInput.read(settings, beside: files) else { return 2 }
    if output == .text, let trees = plan.trees, trees.objects.isEmpty {
      print(RehearsalReport.text(trees, [], color: false), terminator: "")
      return 0
    }
    Interruption.watch()
    if output == .text, let trees = plan.trees {
      print(RehearsalReport.text(trees, [], color: Terminal.hasColor))
    }
    let findings = findings(plan, known)
    if output == .text {
      print(FindingsReport.text(findings, color: Terminal.hasColor, width: Terminal.columns))
    }
    let fails = findings.brought.contains { failOn.includes($0.severity) }
    if findingsOnly || output.isAboutFindings {
      switch output {
      case .markdown: print(FindingsReport.markdown(findings), terminator: "")
      case .sarif:
        print(FindingsReport.sarif(findings, version: SuiteRecord.engineVersion), terminator: "")
      case .junit: print(FindingsReport.junit(findings, failOn: failOn.severity), terminator: "")
      case .json: print(RehearsalReport.json(plan.trees, findings, []), terminator: "")
      case .text: break
      }
      return fails ? 1 : 0
    }
    return try situations(plan, known, findings) ?? (fails ? 1 : 0)
  }

  private func findings(_ plan: RehearsalPlan, _ known: RehearsalSettings) -> FindingsRecord {
    var examination = Examination.Settings(startup: startup, known)
    examination.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    let maker = FindingsMaker(
      base: plan.before, head: plan.after, settings: known, examination: examination,
      accepted: accept)
    let progress = Progress(total: plan.after.objects.count { $0.makesPods })
    defer { progress.end() }
    return maker.record(isStopped: { Interruption.isRequested }, finished: { progress.step($0) })
  }

  /// Rolls the change out in all situations; nil unless it was stopped, or something else ends it.
  private func situations(
    _ plan: RehearsalPlan, _ known: RehearsalSettings, _ findings: FindingsRecord
  ) throws -> Int32? {
    var rehearsals: [Rehearsal] = []
    var trees = plan.trees
    for deployment in plan.deployments {
      let rehearsal = Rehearsal(
        manifests: plan.files, deployment: deployment, change: plan.change(of: deployment),
        assumptions: Assumptions(
          plan.objects, deployment, rate: rate, startup: startup, serviceTime: serviceTime,
          settings: known),
        seeds: seeds, prefix: plan.deployments.count > 1 ? prefix(deployment) : "",
        guarded: withGuard)
      if let wrong = rehearsal.diagnostics.first {
        Terminal.say("wavetank: a generated scenario is wrong: \(wrong.description)")
        return 70
      }
      if let obstacle = rehearsal.obstacle {
        let name = ClusterObject.deployment(deployment).key.description
        let words =
          "\(name) does not come up as it is, so no change of it can be rehearsed: "
          + obstacle.words
        if trees == nil { Terminal.say("wavetank: " + words) } else { trees?.leftOut.append(words) }
        continue
      }
      rehearsals.append(rehearsal)
    }
    if let save { for each in rehearsals { try write(each, plan.files, to: save) } }
    if rehearsals.isEmpty, plan.trees == nil { return plan.deployments.isEmpty ? nil : 1 }
    guard let (suite, stopped) = try execute(rehearsals) else { return 2 }
    var inputs: [RehearsalReport.Input] = []
    for rehearsal in rehearsals {
      // Of an interrupted rehearsal, the situations that were run with every seed.
      let rows = rehearsal.rows(suite.runs).filter {
        $0.plain.count == seeds
          && $0.guarded.count == (withGuard && !$0.situation.isRolledBack ? seeds : 0)
      }
      let jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
      let advice = stopped == nil ? Advice.find(rehearsal, rows, jobs: jobs) : []
      inputs.append(
        input(rehearsal, plan.set, plan.words(of: rehearsal.deployment), rows, advice))
    }
    switch output {
    case .json: print(RehearsalReport.json(trees, findings, inputs), terminator: "")
    default:
      for line in trees?.leftOut ?? [] { print("left out: \(line)") }
      print(
        inputs.map { RehearsalReport.text($0, color: Terminal.hasColor) }.joined(separator: "\n"),
        terminator: "")
    }
    if let report {
      try Files.write(HTMLReport.html(suite, findings: findings), to: report)
      Terminal.say("report: \(report)")
    }
    return stopped
  }

  /// Tells the scenarios of one Deployment from those of another.
  private func prefix(_ deployment: Deployment) -> String {
    "\(deployment.meta.namespace)-\(deployment.meta.name)-"
  }

  /// The changes, and the Deployment that is judged; nil, with a message, where there is none.
  private func find(_ set: ManifestSet) -> (images: [NewImage], deployment: Deployment)? {
    let deployments = set.deployments
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

  private func execute(
    _ rehearsals: [Rehearsal]
  ) throws -> (suite: SuiteRecord, stopped: Int32?)? {
    let scenarios = rehearsals.flatMap(\.scenarios)
    var suite = SuiteRecord(
      scenarios, startedAt: Clock.now(),
      commandLine: ["wavetank"] + CommandLine.arguments.dropFirst())
    var recorder: Recorder?
    if !noRecord, !scenarios.isEmpty {
      recorder = try Stores.explained(record.path) { try Recorder(path: record.path, suite: suite) }
      if recorder == nil { return nil }
    }
    let total = scenarios.reduce(0) { $0 + $1.seeds.count }
    let progress = Progress(total: total)
    suite.runs = Suite.run(
      scenarios, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
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
    _ rehearsal: Rehearsal, _ set: ManifestSet, _ change: String, _ rows: [Rehearsal.Row],
    _ advice: [Advice]
  ) -> RehearsalReport.Input {
    let groups = KindGroups(read: set.counts.readKinds, others: set.counts.otherKinds)
    let fields = set.counts.unmodelled.values.reduce(0, +)
    var notes = groups.lines
    if fields > 0 {
      notes.append(
        "\(Words.count(fields, "field")) kept without effect on a run: `wavetank validate` lists them"
      )
    }
    if rehearsal.withoutBadVersion {
      notes.append(
        "no bad new version: old and new pods have the same images, so those situations are left out"
      )
    }
    return RehearsalReport.Input(
      change: change, assumptions: rehearsal.assumptions.words,
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
    for file in files + rehearsal.changeFiles {
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

/// A finding that exists.
@Sendable private func findingID(_ word: String) throws -> String {
  if FindingCatalog.rule(word) != nil { return word }
  let near = nearest(to: word, among: FindingCatalog.all.map { $0.id })
  throw ValidationError(
    "there is no finding `\(word)`" + (near.map { "; did you mean `\($0)`?" } ?? ""))
}
