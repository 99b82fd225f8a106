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
        wavetank rehearse --base old/ -f new/ --output markdown=comment.md --output sarif=log.sarif
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
  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp(
      "Rule files of Prometheus whose alerts are watched, beside the PrometheusRules of the "
        + "manifests.", valueName: "path"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var ruleFiles: [String] = []
  @Flag(help: "Deletes what --base has and the new manifests have not.") var prune = false
  @Option(
    help: ArgumentHelp("Runs the situations of so many workloads at most.", valueName: "n"),
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
  @Option(
    name: .customLong("output"),
    help: ArgumentHelp(
      "text, json, markdown, sarif or junit, to standard output or to a file; may be repeated.",
      valueName: "form[=file]"))
  var outputs: [RehearsalOutput] = []
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
    if outputs.count(where: { $0.file == nil }) > 1 {
      throw ValidationError(
        "one --output goes to standard output, the others to files: sarif=log.sarif")
    }
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
    guard let others = ManifestInput.load(ruleFiles), let head = read(headFiles),
      let rules = rules(headFiles, head, and: others)
    else { return nil }
    var plan = try plan(headFiles, head, input)
    plan?.rules = rules
    plan?.ruleFiles = others.enumerated().map { index, file in
      let name = file.name.split(separator: "/").last ?? "rules.yaml"
      return ("rules/\(index + 1)-\(name)", file.bytes)
    }
    return plan
  }

  private func plan(
    _ headFiles: [(name: String, bytes: [UInt8])], _ head: ManifestSet, _ input: TreeInput
  ) throws -> RehearsalPlan? {
    if let base {
      let baseFiles = try input.base(base)
      guard let before = read(baseFiles), rules(baseFiles, before) != nil else { return nil }
      return RehearsalPlan(
        from: (baseFiles, before), named: base, to: head, prunes: prune, limit: workloads)
    }
    if images.isEmpty {
      let count = head.objects.count { RehearsedWorkload.kinds.contains($0.kind) }
      if count == 0 {
        _ = WrongInput.say("there is no workload in the manifests that could be restarted")
        return nil
      }
      if count > workloads {
        Terminal.say("wavetank: \(workloads) of \(count) workloads are watched; --workloads")
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

  /// nil, with a message, where a rule is wrong.
  private func rules(
    _ files: [(name: String, bytes: [UInt8])], _ set: ManifestSet,
    and others: [(name: String, bytes: [UInt8])] = []
  ) -> ManifestRules? {
    var rules = ManifestRules(files: files, besides: set.diagnostics)
    rules.add(files: others)
    if !rules.hasErrors { return rules }
    let errors = rules.diagnostics.filter { $0.severity == .error }
    for line in DiagnosticLines.lines(errors) { Terminal.say(line) }
    _ = WrongInput.say("not every rule could be read")
    return nil
  }

  /// What standard output gets; text, where everything else goes to files.
  private var shown: RehearsalOutput.Form {
    outputs.first { $0.file == nil }?.form ?? .text
  }

  private func rehearse(_ plan: RehearsalPlan) throws -> Int32 {
    guard let known = SettingsInput.read(settings, beside: files) else { return 2 }
    if outputs.allSatisfy({ $0.form == .text }), let trees = plan.trees, trees.objects.isEmpty {
      try write(.text, RehearsalReport.text(trees, [], color: false))
      return 0
    }
    Interruption.watch()
    let isText = shown == .text
    if isText, let trees = plan.trees {
      print(RehearsalReport.text(trees, [], color: Terminal.hasColor))
    }
    let findings = findings(plan, known)
    if isText {
      print(FindingsReport.text(findings, color: Terminal.hasColor, width: Terminal.columns))
    }
    let forms = [shown] + outputs.map(\.form)
    var result = SituationsRun.Result(trees: plan.trees)
    if !findingsOnly, !forms.allSatisfy(\.isAboutFindings) {
      let unknown = UnknownMetrics.warnings(plan.rules.entries, images: known.images)
      for line in DiagnosticLines.lines(unknown) { Terminal.say(line) }
      let run = SituationsRun(
        plan: plan, settings: known, findings: findings,
        options: .init(
          rate: rate, startup: startup, serviceTime: serviceTime, seeds: seeds,
          jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount, isGuarded: withGuard,
          store: noRecord ? nil : record.path, savedTo: save))
      guard let done = try run.run() else { return 2 }
      result = done
      if let code = result.code { return code }
      if isText { print(result.text, terminator: "") }
      if let report {
        try Files.write(HTMLReport.html(result.suite, findings: findings), to: report)
        Terminal.say("report: \(report)")
      }
    }
    for output in outputs where output != .text {
      try write(output, text(output.form, plan, findings, result))
    }
    let fails = findings.brought.contains { failOn.includes($0.severity) }
    return result.stopped ?? (fails ? 1 : 0)
  }

  private func text(
    _ form: RehearsalOutput.Form, _ plan: RehearsalPlan, _ findings: FindingsRecord,
    _ result: SituationsRun.Result
  ) -> String {
    switch form {
    case .text:
      (result.trees.map { RehearsalReport.text($0, [], color: false) + "\n" } ?? "")
        + FindingsReport.text(findings, color: false, width: 100) + "\n" + result.plainText
    case .json: RehearsalReport.json(result.trees, findings, result.inputs) + "\n"
    case .markdown: FindingsReport.markdown(findings, situations: result.inputs)
    case .sarif: FindingsReport.sarif(findings, version: SuiteRecord.engineVersion)
    case .junit: FindingsReport.junit(findings, failOn: failOn.severity)
    }
  }

  private func write(_ output: RehearsalOutput, _ text: String) throws {
    guard let file = output.file else { return print(text, terminator: "") }
    try Files.write(text, to: file)
    Terminal.say("\(output.form.rawValue): \(file)")
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
