import ClusterAPI
import Foundation
import Recording
import Units

/// Records with something in every field, and folders for databases.
enum Records {
  static let web = ObjectKey(.deployment, namespace: "shop", name: "web")

  static func run(_ scenario: String, seed: UInt64, score: Int = 87) -> RunRecord {
    var run = RunRecord(
      scenario: scenario, seed: seed, verdict: .passed, score: score, digest: "d\(seed)",
      changeAt: Instant(ns: 60_000_000_000), quietFrom: Instant(ns: 61_000_000_001),
      end: Instant(ns: 600_000_000_000))
    run.scoreParts = [.init(name: "failed requests", points: 13, detail: "1,3 % – „viele“")]
    run.outcome = "rolledBack"
    run.pending = ["2 of 4 pods are not ready", "it waits"]
    run.settled = .milliseconds(44_500)
    run.detection = .seconds(12)
    run.restoration = .seconds(30)
    run.events = 1 << 40
    run.requests = 120_000
    run.failed = 160
    run.slow = 7
    run.belowMinimum = .milliseconds(1)
    run.podSeconds = 2_400
    run.findings = [
      .init(name: "outcome", result: "met", at: Instant(ns: 5), detail: "rolled back"),
      .init(name: "restored", result: "inconclusive", at: nil, detail: ""),
    ]
    run.defects = [
      .init(object: web, path: "spec.replicas", expected: "4", found: nil),
      .init(object: web, path: "data.x", expected: nil, found: "it's \"new\""),
    ]
    let reason = Reason.errorRatioExceeded(
      service: ObjectKey(.service, namespace: "shop", name: "web"), measured: Ratio(ppm: 52_000),
      threshold: Ratio(ppm: 10_000), window: .seconds(30), requests: 6_000)
    let decision = Decision(
      subject: web, revision: 2, option: .rollBack, otherwise: .wait, reason: reason)
    run.decisions = [
      .init(
        at: Instant(ns: 72_000_000_000), decision: decision, taken: .rollBack, harm: 167,
        otherHarm: 9_000, rating: "right"),
      .init(
        at: Instant(ns: 73_000_000_000), decision: decision, taken: .wait, harm: 167,
        otherHarm: nil, rating: "missed"),
    ]
    run.timeline = [
      TimelineEntry(at: Instant(ns: 60_000_000_000), happening: .applied(web)),
      TimelineEntry(at: Instant(ns: 61_000_000_000), happening: .podReady(PodID(1))),
      TimelineEntry(
        at: Instant(ns: 72_000_000_000), happening: .decided(decision, taken: .rollBack)),
    ]
    run.pods = ["web-1-a", "web-2-b"]
    run.nodes = ["node-1"]
    run.series = [
      .init(
        name: "web-2", measure: .readyPods, unit: "pods", start: .zero, interval: .seconds(1),
        values: [0, 0, 1, 4, 4, 3]),
      .init(
        name: "web", measure: .latency, unit: "µs", start: Instant(ns: -5),
        interval: .seconds(1), values: [-1, 12_000, .max, .min, 0]),
      .init(
        name: "none", measure: .requests, unit: "requests/s", start: .zero,
        interval: .seconds(1), values: []),
    ]
    return run
  }

  static func scenario(_ name: String, file: String = "kind: Deployment\n") -> ScenarioRecord {
    var scenario = ScenarioRecord(
      name: name, description: "what it shows", reference: "https://example.org/\(name)")
    scenario.files = [
      InputFile(name: "\(name).yaml", bytes: Array("name: \(name)\n".utf8)),
      InputFile(name: "apps/web.yaml", bytes: Array(file.utf8)),
      InputFile(name: "apps/empty.yaml", bytes: []),
    ]
    return scenario
  }

  /// Two scenarios with seeds that fill all 64 bits.
  static func suite() -> SuiteRecord {
    SuiteRecord(
      startedAt: "2026-01-05T10:00:00Z", version: "0.1.0",
      commandLine: ["wavetank", "run", "a folder/", "--seeds", "2"],
      scenarios: [scenario("b-first"), scenario("a-second")],
      runs: [
        run("b-first", seed: 1), run("b-first", seed: .max), run("a-second", seed: 1),
        run("a-second", seed: 2),
      ])
  }

  /// Runs the body with a fresh folder, and takes the folder away.
  static func inFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "wavetank-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }

  /// Writes a whole suite.
  static func write(_ suite: SuiteRecord, to store: RecordStore, ended: Bool = true) throws
    -> Int64
  {
    let id = try store.begin(suite)
    for run in suite.runs { try store.add(run, to: id) }
    if ended { try store.finish(id, at: "2026-01-05T10:01:00Z") }
    return id
  }
}
