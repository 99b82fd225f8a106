import ClusterAPI
import Recording
import Units

/// Records written by hand.
enum Records {
  static let web = ObjectKey(.deployment, namespace: "default", name: "web")
  static let service = ObjectKey(.service, namespace: "default", name: "web")

  static func at(_ seconds: Int64, _ tenths: Int64 = 0) -> Instant {
    .zero + .milliseconds(seconds * 1000 + tenths * 100)
  }

  static let errorRatio = Reason.errorRatioExceeded(
    service: service, measured: Ratio(ppm: 102_000), threshold: Ratio(ppm: 10_000),
    window: .seconds(60), requests: 1204)

  static let rollback = Decision(
    subject: web, revision: 2, option: .rollBack, otherwise: .promote, reason: errorRatio)

  /// Nothing but what a run must have.
  static func bare(
    _ scenario: String = "bare", seed: UInt64 = 1, verdict: RunRecord.Verdict = .inconclusive
  ) -> RunRecord {
    RunRecord(
      scenario: scenario, seed: seed, verdict: verdict, score: 0, digest: "0", changeAt: .zero,
      quietFrom: .zero, end: .zero)
  }

  static func passed(_ scenario: String, seed: UInt64) -> RunRecord {
    var run = RunRecord(
      scenario: scenario, seed: seed, verdict: .passed, score: 90 + Int(seed),
      digest: "a1b2\(seed)",
      changeAt: at(60), quietFrom: at(60), end: at(300))
    run.outcome = "rolledBack"
    run.settled = .seconds(70 + Int64(seed))
    run.detection = .seconds(35)
    run.restoration = .milliseconds(36_400)
    (run.events, run.requests, run.failed, run.slow) = (12_345, 75_000, 120, 4)
    run.findings = [
      .init(name: "outcome", result: "met", at: nil, detail: "rolledBack"),
      .init(name: "NoRequestLost", result: "met", at: nil, detail: "75000 requests, all answered"),
    ]
    run.scoreParts = [
      .init(name: "decision", points: 0, detail: "right"),
      .init(name: "harm", points: 4, detail: "120 failed and 4 slow of 75000"),
    ]
    run.decisions = [
      .init(
        at: at(95, 3), decision: rollback, taken: .rollBack, harm: 124, otherHarm: 7_400,
        rating: "right")
    ]
    run.pods = ["web-aaaa-11111", "web-bbbb-22222", "web-bbbb-33333"]
    run.nodes = ["general-0"]
    run.timeline = timeline
    run.faults = faults
    run.series = series
    return run
  }

  static func failed(_ scenario: String, seed: UInt64) -> RunRecord {
    var run = passed(scenario, seed: seed)
    run.verdict = .failed
    run.score = 40
    run.outcome = "stuck"
    run.settled = nil
    run.pending = ["2 of 4 pods are available"]
    run.findings = [
      .init(name: "outcome", result: "broken", at: nil, detail: "stuck, expected rolledBack"),
      .init(
        name: "NoRequestLost", result: "broken", at: at(80, 5),
        detail: "12 of 75000 requests lost: 12 reset"),
      .init(name: "MinAvailableHeld", result: "met", at: nil, detail: "4 pods ready"),
    ]
    run.defects = [
      .init(
        object: ObjectKey(.configMap, namespace: "default", name: "web"), path: "data.limit",
        expected: "10", found: "20")
    ]
    return run
  }

  static let faults: [RunRecord.Fault] = [
    .init(
      "errorRate",
      [.init("image", .text("shop/web:v2")), .init("errors", .share(Ratio(ppm: 100_000)))],
      from: at(0), to: nil),
    .init(
      "trafficSpike",
      [.init("service", .text("web")), .init("factor", .factor(Ratio(ppm: 3_000_000)))],
      from: at(92), to: at(152)),
  ]

  static let timeline: [TimelineEntry] = [
    .init(at: at(0), happening: .fault("shop/web:v2: 10 % of requests answered with 500")),
    .init(at: at(60), happening: .applied(web)),
    .init(
      at: at(60, 1),
      happening: .replicaSetCreated(
        ObjectKey(.replicaSet, namespace: "default", name: "web-bbbb"), replicas: 1)),
    .init(at: at(60, 2), happening: .podCreated(PodID(1))),
    .init(at: at(60, 2), happening: .podBound(PodID(1), NodeID(0))),
    .init(at: at(64), happening: .podRunning(PodID(1))),
    .init(at: at(66), happening: .podReady(PodID(1))),
    .init(at: at(70), happening: .containerExited(PodID(1), restarts: 1)),
    .init(at: at(81), happening: .containerExited(PodID(2), restarts: 2)),
    .init(at: at(90), happening: .podUnschedulable(PodID(2), message: "0/1 nodes are available")),
    .init(at: at(92), happening: .fault("load of service/web times 3.0")),
    .init(at: at(95, 3), happening: .decided(rollback, taken: .rollBack)),
    .init(
      at: at(96),
      happening: .condition(
        web,
        Condition(
          type: "Progressing", status: .no, reason: "ProgressDeadlineExceeded",
          lastUpdateTime: Timestamp(seconds: 96), lastTransitionTime: Timestamp(seconds: 96)))),
    .init(at: at(152), happening: .fault("load of service/web times 1.0")),
    .init(at: at(160), happening: .podGone(PodID(1))),
  ]

  static let series: [RunRecord.Series] = [
    .init(
      name: "web-aaaa", measure: .readyPods, unit: "pods", start: .zero, interval: .seconds(1),
      values: (0..<300).map { $0 < 70 || $0 > 100 ? 4 : 2 }),
    .init(
      name: "web-bbbb", measure: .readyPods, unit: "pods", start: .zero, interval: .seconds(1),
      values: (0..<300).map { $0 < 70 || $0 > 100 ? 0 : 2 }),
    .init(
      name: "web", measure: .requests, unit: "requests/s", start: .zero, interval: .seconds(1),
      values: (0..<300).map { 240 + Int64($0 * 7919 % 23) }),
    .init(
      name: "web", measure: .failedRequests, unit: "requests/s", start: .zero,
      interval: .seconds(1), values: (0..<300).map { $0 < 70 || $0 > 100 ? 0 : 12 }),
    .init(
      name: "web", measure: .latency, unit: "µs", start: .zero, interval: .seconds(1),
      values: (0..<300).map { $0 % 50 == 0 ? -1 : 60_000 + Int64($0 * 131 % 900) * 10 }),
  ]

  static func suite(_ runs: [RunRecord], file: String = "scenarios/rolling/a.yaml") -> SuiteRecord {
    var names: [String] = []
    for run in runs where !names.contains(run.scenario) { names.append(run.scenario) }
    let scenarios = names.map { name in
      var scenario = ScenarioRecord(
        name: name, description: "A version that fails is undone.", reference: "SRE Workbook")
      scenario.files = [InputFile(name: file, bytes: [])]
      return scenario
    }
    return SuiteRecord(
      startedAt: "2026-11-25T13:00:00Z", version: "0.1.0",
      commandLine: ["wavetank", "run", "scenarios/"], scenarios: scenarios, runs: runs)
  }

  /// One scenario that passes, one that fails for one seed of two, one without any data.
  static let mixed = suite([
    passed("steady", seed: 1), passed("steady", seed: 2), passed("shaky", seed: 1),
    failed("shaky", seed: 2), bare(),
  ])

  /// Names and words that are markup, commands or control characters elsewhere.
  static let hostileText = "<script>alert('x')</script> & \"q\" | %0A ::error::\n\u{1B}[31m ]]>"

  static var hostile: SuiteRecord {
    var run = failed(hostileText, seed: 1)
    run.findings[0].detail = hostileText
    run.pending = [hostileText]
    run.defects[0].found = hostileText
    run.scoreParts[0].detail = hostileText
    run.pods = [hostileText, hostileText, hostileText]
    run.timeline.append(.init(at: at(170), happening: .fault(hostileText)))
    run.faults.append(.init(hostileText, [], from: at(170), to: nil, isBlow: true))
    run.series[0].name = hostileText
    var suite = suite([run, run], file: hostileText)
    suite.scenarios[0].description = hostileText
    suite.scenarios[0].reference = hostileText
    suite.commandLine = [hostileText]
    return suite
  }
}
