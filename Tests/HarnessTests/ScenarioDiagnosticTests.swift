import Chaos
import ClusterAPI
import Harness
import Manifests
import Testing

/// A scenario that says what means nothing, and what is said of it.
struct Nonsense: Sendable, CustomTestStringConvertible {
  /// `^` stands before the offending place.
  var spec: String
  var message: String
  /// What the remedy says, in part.
  var remedy: String
  var nearest: String?

  init(_ spec: String, _ message: String, _ remedy: String, _ nearest: String? = nil) {
    self.spec = spec
    self.message = message
    self.remedy = remedy
    self.nearest = nearest
  }

  var testDescription: String { spec }

  private static let manifests = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec: {containers: [{name: web, image: "web:v1"}]}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: cart, namespace: shop}
    spec:
      selector: {matchLabels: {app: cart}}
      template:
        metadata: {labels: {app: cart}}
        spec: {containers: [{name: cart, image: "cart:v1"}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: quiet}
    spec: {selector: {app: web}, ports: [{port: 80}]}
    """

  /// The whole file, with the place marked.
  private var marked: String {
    let lines = spec.split(separator: "\n").map { "  \($0)" }
    let rest = [
      ("expect:", "  expect: {invariants: [SurgeBound]}"),
      ("load:", "  load: [{service: web, curve: {constant: 9}}]"),
    ].filter { !spec.contains($0.0) }.map(\.1)
    return Scenarios.head() + (lines + rest).joined(separator: "\n") + "\n"
  }

  /// `line:column` of the mark.
  var place: String {
    let before = marked.prefix { $0 != "^" }.split(
      separator: "\n", omittingEmptySubsequences: false)
    return "\(before.count):\((before.last?.count ?? 0) + 1)"
  }

  var diagnostics: [Diagnostic] {
    Scenarios.read(
      text: marked.filter { $0 != "^" },
      files: [
        ("web.yaml", Nonsense.manifests), ("back.csv", "10,5\n0,5\n"), ("none.csv", "0,0\n60,0\n"),
      ]
    ).diagnostics.filter { $0.severity > .note }
  }

  // MARK: - Table

  static let times = [
    Nonsense("scrapeInterval: ^500ms", "targets are scraped every 1s to 24h", "write such as 15s"),
    Nonsense("scrapeInterval: ^25h", "targets are scraped every 1s to 24h", "write such as 15s"),
    Nonsense("warmUp: ^0s", "must be more than 0", "write such as 5s"),
    Nonsense("warmUp: ^-2m", "`-2m` is less than 0", "write such as 20ms"),
    Nonsense("warmUp: ^2", "`2` is no length of time", "write its unit: `2s`"),
    Nonsense("warmUp: ^100000d", "`100000d` is longer than 3650d", "write such as"),
    Nonsense(
      "change: {at: ^10m, setImage: {deployment: web, image: \"web:v2\"}}",
      "the change comes after the end", "make `duration` longer, or `at` earlier"),
    Nonsense(
      "change: {at: ^-1s, setImage: {deployment: web, image: \"web:v2\"}}", "`-1s` is less than 0",
      "write such as"),
    Nonsense(
      "faults: [{at: ^11m, kind: neverReady, image: \"web:v1\"}]", "the fault comes after the end",
      "make `duration` longer, or `at` earlier"),
    Nonsense(
      "faults: [{at: 9m, for: ^2m, kind: neverReady, image: \"web:v1\"}]",
      "the fault neverReady lasts beyond the duration", "make `duration` longer"),
    Nonsense(
      "faults: [{at: 1m, for: ^0s, kind: neverReady, image: \"web:v1\"}]", "must be more than 0",
      "write such as 5s"),
    Nonsense(
      "faults: [{at: 1m, for: ^1m, kind: podKill, deployment: web}]",
      "a podKill cannot be taken back", "remove `for`"),
    Nonsense(
      """
      change: {at: 8m, setImage: {deployment: web, image: "web:v2"}}
      expect: {outcome: promoted, within: ^3m}
      """, "the run ends earlier after the change", "make `duration` longer, or `within` shorter"),
    Nonsense(
      "guards: [{deployment: web, objectives: [{service: web, errorRatio: 1%, window: ^11m}]}]",
      "the window is longer than the run", "`window` shorter"),
    Nonsense(
      "load: [{service: web, curve: {spike: {base: 5, peak: 9, at: ^10m, for: 1m}}}]",
      "the spike comes after the end", "`at` earlier"),
    Nonsense(
      "load: [{service: web, timeout: ^0s, curve: {constant: 5}}]", "must be more than 0",
      "write such as 5s"),
  ]

  static let names = [
    Nonsense(
      "load: [{service: ^wbe, curve: {constant: 5}}]", "the manifests have no service/wbe",
      "did you mean `web`?", "web"),
    Nonsense(
      "change: {at: 1m, scale: {deployment: ^wen, replicas: 3}}",
      "the manifests have no deployment/wen", "did you mean `web`?", "web"),
    Nonsense(
      "change: {at: 1m, scale: {deployment: ^cart, replicas: 3}}",
      "the manifests have no deployment/cart", "add `namespace: shop`", "cart"),
    Nonsense(
      "change: {at: 1m, scale: {deployment: ^completely-different, replicas: 3}}",
      "the manifests have no deployment/completely-different",
      "known are deployment/web, shop/deployment/cart"),
    Nonsense(
      "change: {at: 1m, setImage: {deployment: web, container: ^wb, image: \"web:v2\"}}",
      "deployment/web has no container `wb`", "did you mean `web`?", "web"),
    Nonsense(
      "change: {at: 1m, undo: ^{deployment: web}}",
      "there is no revision of deployment/web to go back to", "write an earlier change"),
    Nonsense(
      "judged: [{deployment: ^weg}]", "the manifests have no deployment/weg",
      "did you mean `web`?", "web"),
    Nonsense(
      "judged: [^{namespace: shop}]", "does not say which workload is meant",
      "add one of deployment, statefulSet, daemonSet"),
    Nonsense(
      "guards: [{deployment: ^weg}]", "the manifests have no deployment/weg",
      "did you mean `web`?", "web"),
    Nonsense(
      "guards: [{deployment: web, objectives: [{service: ^wrb, errorRatio: 1%}]}]",
      "the manifests have no service/wrb", "did you mean `web`?", "web"),
    Nonsense(
      "expect: {objectives: [{service: ^wrb, errorRatio: 1%}]}",
      "the manifests have no service/wrb", "did you mean `web`?", "web"),
    Nonsense(
      "expect: {objectives: [{service: ^quiet, errorRatio: 1%}]}", "no load calls service/quiet",
      "add it to `spec.load`"),
    Nonsense(
      "faults: [{at: 1m, kind: trafficSpike, service: ^quiet, factor: 2}]",
      "no load calls service/quiet", "add it to `spec.load`"),
    Nonsense(
      "faults: [{at: 1m, kind: podKill, deployment: ^wbe}]",
      "the manifests have no deployment/wbe", "did you mean `web`?", "web"),
    Nonsense(
      "faults: [{at: 1m, kind: neverReady, image: ^\"web:v2\"}]",
      "`web:v2` is none of the images of the manifests and of the change",
      "did you mean `web:v1`?", "web:v1"),
    Nonsense(
      "faults: [{at: 1m, kind: nodeCrash, node: ^node-3}]", "`node-3` is none of the nodes",
      "did you mean `node-0`?", "node-0"),
    Nonsense(
      "faults: [{at: 1m, kind: nodeCrash, node: ^gpu-*}]", "`gpu-*` is none of the nodes",
      "known are node-0, node-1, node-2"),
    Nonsense(
      "faults: [{at: 1m, kind: gpuFailure, gpu: ^1, xid: 79}]", "none of these nodes has a GPU 1",
      "write `gpu: {count: 2}`"),
    Nonsense(
      "faults: [{at: 1m, kind: nodeCrash, count: ^4}]", "there are 3 such nodes",
      "write at most 3"),
    Nonsense(
      "faults: [{at: 1m, kind: zoneOutage, zone: ^a}]", "`a` is none of the zones of the nodes",
      "there are none"),
    Nonsense(
      "faults: [{at: 1m, kind: ^errorRat, image: \"web:v1\"}]",
      "`errorRat` is none of \(FaultCatalog.kinds)", "did you mean `errorRate`?", "errorRate"),
    Nonsense(
      "images: [{match: ^\"wbe:*\", size: 5Mi}]",
      "`wbe:*` is none of the images of the manifests and of the change",
      "known are web:v1, cart:v1"),
    Nonsense(
      "expect: {invariants: [^NoRequestlost]}",
      "`NoRequestlost` is none of MinAvailableHeld, NoRequestLost, OnlyServingPodsGetTraffic, "
        + "SurgeBound", "did you mean `NoRequestLost`?", "NoRequestLost"),
    Nonsense("^seed: 5", "unknown field `seed`", "did you mean `seeds`?", "seeds"),
  ]

  static let amounts = [
    Nonsense("seeds: ^0", "0 is not between 1 and 100000", "write such as 1"),
    Nonsense("seeds: ^[]", "the list has no seed", "write such as 5"),
    Nonsense("seeds: [3, 4, ^3]", "the seed 3 stands in the list already", "remove it"),
    Nonsense("cluster: {nodePools: ^[]}", "the list has no node pool", "remove the field"),
    Nonsense(
      """
      cluster:
        nodePools:
        - {name: a, count: 1, machine: {cpu: 4, memory: 8Gi}}
        - {name: ^a, count: 1, machine: {cpu: 4, memory: 8Gi}}
      """, "there is a node pool `a` already", "give it a name of its own"),
    Nonsense(
      "cluster: {nodePools: [{name: a, count: 1, machine: {cpu: ^-4, memory: 8Gi}}]}",
      "`-4` is not more than 0", "write such as 4"),
    Nonsense(
      "cluster: {nodePools: [{name: a, count: 1, machine: {cpu: 4, memory: ^-8Gi}}]}",
      "`-8Gi` is less than 0", "write such as 240Mi"),
    Nonsense(
      "cluster: {nodePools: [{name: a, count: 1, machine: {cpu: 4, memory: ^0}}]}",
      "`0` is not more than 0", "write such as 240Mi"),
    Nonsense(
      "images: [{match: \"web:*\", errors: ^150%}]", "`150%` is more than 100%",
      "write such as 0.02 or 2%"),
    Nonsense(
      "images: [{match: \"web:*\", errors: ^2}]", "`2` is more than 1", "write such as 0.02 or 2%"),
    Nonsense(
      "images: [{match: \"web:*\", serviceTime: ^0s}]", "`0s` is not more than 0",
      "write such as {median: 12ms, p99: 60ms}"),
    Nonsense(
      "images: [{match: \"web:*\", startup: {median: ^0s, p99: 5s}}]", "must be more than 0",
      "write such as 5s"),
    Nonsense(
      "images: [{match: \"web:*\", startup: ^{median: 6s, p99: 2s}}]",
      "`p99` is less than `median`", "write {median: 6s, p99: 20s}"),
    Nonsense(
      "images: [{match: \"web:*\", startup: ^{low: 6s, high: 2s}}]", "`high` is less than `low`",
      "{low: 1s, high: 3s}"),
    Nonsense(
      "images: [{match: \"web:*\", startup: ^{mean: 6s, high: 2s}}]", "is no distribution",
      "write {median: 6s, p99: 20s}"),
    Nonsense(
      "images: [{match: \"web:*\", size: ^5}]", "`5` has no unit", "write `5Mi`"),
    Nonsense("load: [{service: web, curve: ^{}}]", "names no curve", "write one of constant"),
    Nonsense(
      "load: [{service: web, curve: ^{constant: 5, diurnal: {low: 1, high: 2}}}]",
      "names more than one curve", "write one of constant"),
    Nonsense(
      "load: [{service: web, curve: ^{constant: 0}}]", "no request ever comes",
      "write rates above 0"),
    Nonsense(
      "load: [{service: web, curve: {constant: ^-5}}]",
      "must be requests per second, such as 200, but is the integer `-5`", ""),
    Nonsense(
      "load: [{service: web, curve: {stages: ^[]}}]", "the list has no stage",
      "write such as {duration: 1m, target: 250}"),
    Nonsense(
      "load: [{service: web, curve: {stages: [{duration: ^-1m, target: 5}]}}]",
      "`-1m` is less than 0", "write such as"),
    Nonsense(
      "load: [{service: web, curve: {diurnal: {low: 9, high: ^5}}}]", "`high` is less than `low`",
      "exchange the two"),
    Nonsense(
      "load: [{service: web, curve: {diurnal: {low: 1, high: 5, peakAt: ^25h}}}]",
      "the peak comes after the period", "write `peakAt` between 0 and `period`"),
    Nonsense(
      "load: [{service: web, curve: {trace: ^back.csv}}]",
      "back.csv:2: times must ascend and rates be 0 or more", "write lines such as `60,250`"),
    Nonsense(
      "load: [{service: web, curve: ^{trace: none.csv}}]", "no request ever comes",
      "write rates above 0"),
    Nonsense(
      "load: [{service: web, curve: {trace: ^absent.csv}}]", "cannot read `absent.csv`",
      "write a path relative to this file"),
    Nonsense(
      "faults: [{at: 1m, kind: errorRate, image: \"web:v1\", errors: ^0%}]",
      "`0%` is not more than 0", "write such as 0.02 or 2%"),
    Nonsense(
      "faults: [{at: 1m, kind: slowStart, image: \"web:v1\", factor: ^1}]",
      "a factor of 1 changes nothing", "write such as 5 or 0.5"),
    Nonsense(
      "faults: [{at: 1m, kind: slowStart, image: \"web:v1\", factor: ^0}]",
      "`0` is not more than 0", "write such as 5 or 0.5"),
    Nonsense(
      "faults: [{at: 1m, kind: podKill, deployment: web, count: ^0}]",
      "0 is not between 1 and 65535", "write such as 1"),
    Nonsense(
      "faults: [^{at: 1m, kind: apiServerSlow}]", "the fault apiServerSlow changes nothing",
      "add `latency:` or `refused:`"),
  ]

  static let expectations = [
    Nonsense("expect: ^{}", "expects nothing, so that no run could fail", "write outcome"),
    Nonsense("expect: ^{invariants: []}", "expects nothing, so that no run could fail", "write"),
    Nonsense(
      "expect: {outcome: ^promoted}", "there is no change that this could be said of",
      "add `spec.change`"),
    Nonsense(
      "expect: {within: ^1m}", "there is no change that this could be said of", "add `spec.change`"),
    Nonsense(
      "expect: {restored: ^true}", "there is no change that this could be said of",
      "add `spec.change`"),
    Nonsense(
      "expect: {felt: {longerThan: ^1m}}", "there is no change that this could be said of",
      "add `spec.change`"),
    Nonsense(
      "expect: {felt: {objectives: [{service: ^quiet, errorRatio: 1%}]}}",
      "no load calls service/quiet", "add it to `spec.load`"),
    Nonsense(
      "expect: {felt: {invariants: [^Surge]}}",
      "`Surge` is none of MinAvailableHeld, NoRequestLost, OnlyServingPodsGetTraffic, SurgeBound",
      ""),
    Nonsense(
      "expect: {regret: ^none}", "nobody decides anything", "add `spec.guards`"),
    Nonsense(
      "expect: {objectives: [^{service: web}]}", "an objective has no bound",
      "write `errorRatio: 0.01`"),
    Nonsense(
      "guards: [{deployment: web, objectives: [^{service: web}]}]", "an objective has no bound",
      "write `errorRatio: 0.01`"),
    Nonsense(
      "guards: [{deployment: web}, {deployment: ^web}]", "deployment/web has a guard already",
      "write all objectives into one guard"),
    Nonsense(
      "expect: {objectives: [{service: web, latency: {quantile: ^0, below: 1s}}]}",
      "`0` is not more than 0", "write such as"),
    Nonsense(
      "change: ^{at: 1m}\nexpect: {outcome: promoted}", "changes nothing", "write one of setImage"),
    Nonsense(
      "expect: {promql: [{query: ^\"sum(\", always: \"< 1\"}]}",
      "the query cannot be read: 1:5: unexpected end of input; write an expression",
      "write PromQL"),
    Nonsense(
      "expect: {promql: [{query: ^\"up[5m]\", always: \"< 1\"}]}",
      "a query that gives a range vector has no bound", "wrap it"),
    Nonsense(
      "expect: {promql: [{query: up, always: ^\"1\"}]}", "`1` is no bound", "such as \"< 0.01\""),
    Nonsense(
      "expect: {promql: [^{query: up}]}", "says nothing of the answer", "add `always"),
    Nonsense(
      "expect: {promql: [{query: ^http_request_total, always: \"< 1\"}]}",
      "nothing in a run shows the metric `http_request_total`", "did you mean",
      "http_requests_total"),
    Nonsense("rules: ^none.yaml", "cannot read `none.yaml`", "write a file"),
    Nonsense("rules: ^web.yaml", "`web.yaml` holds no rules", "write `groups:`"),
    Nonsense(
      "expect: {alerts: [{alert: ^HighErrors}]}", "`HighErrors` is none of the alerts of the rules",
      "there are none"),
  ]
}

extension FaultCatalog {
  fileprivate static let kinds = all.map { $0.kind }.joined(separator: ", ")
}

@Suite struct ScenarioDiagnosticTests {
  @Test(arguments: Nonsense.times + Nonsense.names + Nonsense.amounts + Nonsense.expectations)
  func whatMeansNothingIsReported(nonsense: Nonsense) throws {
    let found = nonsense.diagnostics
    #expect(found.count == 1, "\(found.map(\.description))")
    let diagnostic = try #require(found.first)
    #expect(diagnostic.location.description == "scenario.yaml:\(nonsense.place)")
    #expect(diagnostic.message == nonsense.message)
    #expect(
      nonsense.remedy.isEmpty || diagnostic.remedy?.contains(nonsense.remedy) == true,
      "\(diagnostic.remedy ?? "no remedy")")
    #expect(diagnostic.nearest == nonsense.nearest)
    #expect(!diagnostic.text.isEmpty)
  }

  /// Names are not missed where the manifests that may have them cannot be read.
  @Test func anUnreadableManifestIsReportedAlone() {
    let result = Scenarios.read(
      text: Scenarios.head(manifests: "absent.yaml") + """
          load: [{service: web, curve: {constant: 5}}]
          expect: {objectives: [{service: web, errorRatio: 1%}]}
        """)
    #expect(result.diagnostics.map(\.message) == ["cannot read `absent.yaml`"])
  }

  @Test func withoutAnyServiceTheRemedyIsToAddOne() {
    let result = Scenarios.read(
      text: Scenarios.head(manifests: "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}")
        + """
          load: [{service: web, curve: {constant: 5}}]
          expect: {invariants: [SurgeBound]}
        """)
    #expect(
      result.diagnostics.filter { $0.severity > .note }.map(\.remedy) == [
        "add a file with a Service to `manifests`"
      ])
  }
}
