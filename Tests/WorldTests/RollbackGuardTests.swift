import ClusterAPI
import Control
import Kernel
import Testing
import Units

@testable import World

private let service = ObjectKey(.service, namespace: "default", name: "web")
private let workload = ObjectKey(.deployment, namespace: "default", name: "web")

private func web(_ image: String) -> Deployment {
  var container = Container(name: "web", image: image)
  var probe = Probe(handler: .httpGet(path: "/", port: .int(80), scheme: "HTTP"))
  probe.periodSeconds = 1
  container.readinessProbe = probe
  container.preStop = .sleep(seconds: 5)
  let template = PodTemplate(
    labels: ["app": "web", "sidecar.istio.io/inject": "true"],
    spec: PodSpec(containers: [container]))
  var spec = DeploymentSpec(
    replicas: 4, selector: LabelSelector(matchLabels: ["app": "web"]), template: template)
  spec.progressDeadlineSeconds = 60
  return Deployment(meta: ObjectMeta(name: "web"), spec: spec)
}

/// A guarded Deployment under load that gets a new image after a minute.
private func guarded(
  _ bad: BehaviourChange?, objectives: Bool = true, _ more: (inout RollbackGuard) -> Void = { _ in }
) -> World {
  var options = WorldOptions(seed: 3)
  let size: ResourceList = ["cpu": Quantity(8), "memory": Quantity(32 << 30)]
  options.nodes = (0..<3).map { NodeSpec(name: "n\($0)", allocatable: size) }
  options.objects = [
    .deployment(web("web:v1")),
    .service(Service(meta: ObjectMeta(name: "web"), selector: ["app": "web"])),
  ]
  options.loads = [
    LoadSpec(
      service: service,
      curve: LoadCurve(points: [
        .init(at: .zero, milliRate: 0), .init(at: .zero + .seconds(30), milliRate: 0),
        .init(at: .zero + .seconds(30), milliRate: 20_000),
      ]))
  ]
  var rule = RollbackGuard(deployment: workload)
  rule.watch = .seconds(30)
  rule.objectives = [
    .init(service: service, limit: .errorRatio(Ratio(ppm: 10_000)), window: .seconds(20)),
    .init(
      service: service, limit: .latency(quantile: Ratio(ppm: 950_000), .milliseconds(100)),
      window: .seconds(20)),
  ]
  if !objectives { rule.objectives = [] }
  more(&rule)
  options.guards = [rule]
  options.telemetry = TelemetryOptions(
    scrapeInterval: .seconds(5), queries: GuardQueries.all(of: rule))
  var world = World(options)
  world.schedule(.apply(.deployment(web("web:v2"))), at: .zero + .seconds(60))
  if let bad { world.schedule(.behaviour(image: "web:v2", bad), at: .zero + .seconds(55)) }
  return world
}

private struct Terminal: Equatable {
  var image: String
  var good: String?
  var leaving: String?
  var available: Int
}

extension World {
  fileprivate func terminal() -> Terminal {
    let deployment = deployments[0]
    return Terminal(
      image: deployment.spec.template.spec.containers[0].image,
      good: GuardNotes(deployment.meta.annotations).good,
      leaving: GuardNotes(deployment.meta.annotations).leaving?.replicaSet,
      available: deployment.status.availableReplicas)
  }
}

@Suite struct RollbackGuardTests {
  private let end = Instant.zero + .seconds(240)

  @Test func aHealthyVersionIsPromoted() {
    var world = guarded(nil)
    world.run(until: end)
    #expect(world.decisions.map(\.taken) == [.promote])
    #expect(world.terminal().image == "web:v2")
  }

  @Test func errorsAreRolledBackWithTheirFigures() throws {
    var bad = BehaviourChange()
    bad.errors = Ratio(ppm: 100_000)
    var world = guarded(bad)
    world.run(until: end)
    let taken = try #require(world.decisions.first)
    guard
      case .errorRatioExceeded(_, let measured, let threshold, _, let requests) =
        taken.decision.reason
    else {
      Issue.record("the reason is \(taken.decision.reason)")
      return
    }
    #expect(measured > threshold)
    #expect(requests >= 20)
    #expect(world.terminal().image == "web:v1")
    #expect(world.terminal().leaving == nil)
    #expect(world.terminal().available == 4)
    let restored = world.timeline.contains {
      if case .reported(_, .restoredHealthy) = $0.happening { return true }
      return false
    }
    #expect(restored)
  }

  @Test func slownessIsRolledBack() throws {
    var bad = BehaviourChange()
    bad.slowdown = Ratio(ppm: 20_000_000)
    var world = guarded(bad)
    world.run(until: end)
    let taken = try #require(world.decisions.first)
    guard case .latencyExceeded = taken.decision.reason else {
      Issue.record("the reason is \(taken.decision.reason)")
      return
    }
    #expect(world.terminal().image == "web:v1")
  }

  @Test func aCrashLoopIsRolledBack() throws {
    var bad = BehaviourChange()
    bad.crashAfterReady = .seconds(3)
    var world = guarded(bad, objectives: false)
    world.run(until: end)
    let taken = try #require(world.decisions.first)
    guard case .crashLooping(_, let restarts, let threshold) = taken.decision.reason else {
      Issue.record("the reason is \(taken.decision.reason)")
      return
    }
    #expect(restarts >= threshold)
    #expect(world.terminal().image == "web:v1")
  }

  /// What the old pods answer is not the new revision's fault.
  @Test func aHealthyVersionIsNotChargedWithTheOldOnesErrors() {
    var world = guarded(nil)
    var bad = BehaviourChange()
    bad.errors = Ratio(ppm: 300_000)
    world.schedule(.behaviour(image: "web:v1", bad), at: .zero + .seconds(58))
    world.run(until: end)
    #expect(world.decisions.map(\.taken) == [.promote])
  }

  @Test func aRollbackThatDoesNotHelpSaysSo() throws {
    var bad = BehaviourChange()
    bad.errors = Ratio(ppm: 100_000)
    var world = guarded(bad)
    world.schedule(.behaviour(image: "web:v1", bad), at: .zero + .seconds(70))
    world.run(until: end)
    let reports = world.timeline.compactMap { entry in
      if case .reported(_, let reason) = entry.happening { reason } else { nil }
    }
    guard case .notRestored(_, let available, _, .errorRatioExceeded) = reports.last else {
      Issue.record("reports are \(reports)")
      return
    }
    #expect(available == 4)
    #expect(reports.count == 1)
  }

  /// The digest covers what became of requests, not only which events there were.
  @Test func anotherAnswerIsAnotherDigest() {
    var bad = BehaviourChange()
    bad.errors = Ratio(ppm: 10)
    var one = guarded(nil, objectives: false)
    var two = guarded(bad, objectives: false)
    one.run(until: end)
    two.run(until: end)
    #expect(one.digest != two.digest)
  }

  @Test func theOtherBranchWaits() {
    var bad = BehaviourChange()
    bad.neverReady = true
    var world = guarded(bad)
    var other = world.fork()
    world.run(until: end)
    let taken = world.decisions[0]
    #expect(taken.taken == .rollBack)
    other.overrides = [
      DecisionOverride(
        subject: taken.decision.subject, revision: taken.decision.revision, option: .wait)
    ]
    other.run(until: end)
    #expect(other.decisions.map(\.at) == [taken.at], "both branches part at the same instant")
    #expect(other.decisions[0].taken == .wait)
    #expect(other.terminal().image == "web:v2")
    #expect(world.terminal().image == "web:v1")
  }

  @Test func aGuardThatCrashesAtAnyRequestComesToTheSameEnd() {
    var bad = BehaviourChange()
    bad.neverReady = true
    crashes(guarded(bad))
  }

  /// The analysis and the count of failed checks are stored.
  @Test func anAnalysisSurvivesCrashes() {
    var bad = BehaviourChange()
    bad.errors = Ratio(ppm: 200_000)
    crashes(guarded(bad, objectives: false) { $0.analysis = failing(limit: 2) })
    crashes(
      guarded(bad, objectives: false) {
        ($0.canary, $0.watch) = (checked(threshold: 3), .seconds(60))
      })
  }

  private func crashes(_ begun: consuming World) {
    var world = begun
    var whole = world.fork()
    whole.run(until: end)
    #expect(whole.decisions.contains { $0.taken == .rollBack })
    var seen = 0
    var crashes = 0
    while world.step(until: end) {
      let sent = world.guardRequestCount
      guard sent > seen else { continue }
      seen = sent
      // Every twelfth of the many measurements, and every write.
      if world.lastGuardRequestMeasures && seen % 12 != 0 { continue }
      var fork = world.fork()
      fork.crashGuards()
      fork.run(until: end)
      crashes += 1
      #expect(fork.terminal() == whole.terminal(), "crashed at request \(seen)")
    }
    #expect(crashes > 5)
  }

  // MARK: - Analyses

  /// More than 10 % errors of the revision that is judged, looked at every five seconds.
  private func failing(limit: Int, inconclusive: Bool = false) -> GuardAnalysis {
    var metric = AnalysisTemplate.Metric()
    metric.name = "errors"
    metric.query =
      #"sum(rate(http_requests_total{code="500",pod=~"web-{{args.hash}}-.+"}[20s])) / "#
      + #"sum(rate(http_requests_total{pod=~"web-{{args.hash}}-.+"}[20s]))"#
    metric.interval = "5s"
    metric.failureLimit = "\(limit)"
    metric.successCondition = "len(result) == 0 || isNaN(result[0]) || result[0] < 0.1"
    if inconclusive { metric.failureCondition = "len(result) > 0 && result[0] > 0.9" }
    var template = AnalysisTemplate()
    template.metrics = [metric]
    return GuardAnalysis(templates: [template], arguments: [.init("hash", .latestHash)])
  }

  private func checked(threshold: Int) -> CanaryAnalysis {
    var canary = CanaryAnalysis(canary: ObjectKey(.canary, namespace: "default", name: "web"))
    (canary.target, canary.threshold, canary.interval) = ("web", threshold, .seconds(10))
    var check = CanaryAnalysis.Check()
    (check.name, check.min) = ("request-success-rate", 95)
    canary.checks = [check]
    return canary
  }

  @Test func anAnalysisThatFailsRollsBack() throws {
    var bad = BehaviourChange()
    bad.errors = Ratio(ppm: 200_000)
    var world = guarded(bad, objectives: false) { $0.analysis = failing(limit: 2) }
    world.run(until: end)
    let taken = try #require(world.decisions.first)
    guard
      case .metricAssessed("errors", .failed, let count, 2, let last) = taken.decision.reason
    else {
      Issue.record("the reason is \(taken.decision.reason)")
      return
    }
    #expect(count == 3 && last.count == 1)
    #expect(world.terminal().image == "web:v1")
    let notes = GuardNotes(world.deployments[0].meta.annotations)
    #expect(notes.analysis == nil, "another revision is analysed anew")
  }

  /// A healthy version keeps its endless analysis until it is promoted.
  @Test func anEndlessAnalysisEndsWithThePromotion() throws {
    var world = guarded(nil, objectives: false) { $0.analysis = failing(limit: 0) }
    world.run(until: end)
    #expect(world.decisions.map(\.taken) == [.promote])
    #expect(GuardNotes(world.deployments[0].meta.annotations).analysis == nil)
  }

  @Test func anInconclusiveAnalysisWaitsForAHuman() throws {
    var bad = BehaviourChange()
    bad.errors = Ratio(ppm: 200_000)
    var world = guarded(bad, objectives: false) {
      $0.analysis = failing(limit: 2, inconclusive: true)
    }
    world.run(until: end)
    #expect(world.decisions.isEmpty)
    #expect(world.terminal().image == "web:v2")
    let reports = world.timeline.compactMap { entry in
      if case .reported(_, let reason) = entry.happening { reason } else { nil }
    }
    guard reports.count == 1, case .metricAssessed("errors", .inconclusive, 1, 0, _) = reports[0]
    else {
      Issue.record("reports are \(reports)")
      return
    }
  }

  @Test func failedChecksRollBackATickAfterTheThreshold() throws {
    var bad = BehaviourChange()
    bad.errors = Ratio(ppm: 200_000)
    var world = guarded(bad, objectives: false) {
      ($0.canary, $0.watch) = (checked(threshold: 3), .seconds(60))
    }
    world.run(until: end)
    let taken = try #require(world.decisions.first)
    guard
      case .checksFailed(_, 3, 3, "request-success-rate", let last?, 95, nil) =
        taken.decision.reason
    else {
      Issue.record("the reason is \(taken.decision.reason)")
      return
    }
    #expect((Double(last) ?? 100) < 95)
    // First seen, then every ten seconds; the rollback comes a tick after the third failure.
    #expect(taken.at >= .zero + .seconds(60 + 40))
    #expect(world.terminal().image == "web:v1")
  }
}

extension World {
  fileprivate var guardRequests: [APIServer.InFlight] {
    api.requests.underWay.filter {
      $0.controller == ControllerManager.ControllerID.rollbackGuard.rawValue
    }
  }
  fileprivate var guardRequestCount: Int { guards.requestCount }
  fileprivate var lastGuardRequestMeasures: Bool { guardRequests.last?.measured != nil }
}
