import ClusterAPI
import Manifests
import Testing
import Verdict

@testable import Harness

/// Rules that need runs: thresholds found by bisection, and what happens in a circumstance.
@Suite struct ExaminationTests {
  private static func set(_ text: String) -> ManifestSet {
    let set = ManifestReader.read(files: [("web.yaml", Array(text.utf8))])
    #expect(!set.hasErrors, "\(set.diagnostics)")
    return set
  }

  /// A Deployment with a Service.
  private static func web(
    replicas: Int = 2, spec: String = "", pod: String = "", container: String = ""
  ) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: \(replicas)
      selector: {matchLabels: {app: web}}
      \(spec)
      template:
        metadata: {labels: {app: web}}
        spec:
          \(pod)
          containers:
          - name: web
            image: shop/web:v1
            ports: [{containerPort: 8080}]
            \(container)
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}

    """
  }

  private static let probe = "readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 5}"

  private func findings(_ text: String) -> [RehearsalFinding] {
    Examination(ExaminedTree(Self.set(text)), Examination.Settings()).findings
  }

  private func condition(_ id: String, _ text: String) -> String? {
    findings(text).first { $0.id == id }?.condition.words
  }

  @Test func boundsAreWhereTheSettingsDrawThem() {
    let limits = "resources: {limits: {memory: 128Mi, cpu: 250m}}"
    #expect(condition("oom-under-load", Self.web(container: limits)) == "memory over 128Mi")
    #expect(condition("cpu-throttled", Self.web(container: limits)) == "CPU use over 250m")
    #expect(condition("oom-under-load", Self.web()) == nil)
    let grace = Self.web(pod: "terminationGracePeriodSeconds: 60")
    #expect(
      condition("requests-cut-on-shutdown", grace)?.hasPrefix("requests longer than 6") == true)
  }

  /// Three failures of a period of 10 s, the first one after the delay.
  @Test(arguments: [(0, 3, 27...30), (30, 3, 57...60), (0, 6, 57...60)])
  func aSlowStartIsEndedAfterAsManyFailures(delay: Int, failures: Int, seconds: ClosedRange<Int64>)
  {
    let text = Self.web(
      container:
        "livenessProbe: {tcpSocket: {port: 8080}, initialDelaySeconds: \(delay), "
        + "failureThreshold: \(failures)}")
    let found = findings(text).first { $0.id == "liveness-kills-slow-start" }
    guard case .above(.startup, let value)? = found?.condition else {
      Issue.record("no bound")
      return
    }
    #expect(seconds.contains(value), "\(value)")
  }

  @Test func aSilentContainerIsEndedAfterItsTimeoutsAndPeriods() {
    let text = Self.web(
      container: "livenessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1, failureThreshold: 3}")
    let found = findings(text).filter { $0.id == "liveness-kills-busy-pod" }
    #expect(found.map(\.condition.quantity) == [.unresponsive, .probeAnswer])
    guard case .above(_, let silence)? = found.first?.condition,
      case .above(_, let answer)? = found.last?.condition
    else { return }
    #expect((2000...4000).contains(silence), "\(silence)")
    #expect((980...1020).contains(answer), "\(answer)")
  }

  @Test func requestsAreLostWithoutProbeAndHook() {
    let bare = Set(findings(Self.web()).map(\.id))
    #expect(bare.isSuperset(of: ["requests-lost-on-start", "requests-lost-on-shutdown"]))
    #expect(bare.contains("bad-version-takes-over"))
    let hook = "\(Self.probe)\n        lifecycle: {preStop: {sleep: {seconds: 10}}}"
    let cared = Set(findings(Self.web(container: hook)).map(\.id))
    #expect(
      cared.isDisjoint(with: [
        "requests-lost-on-start", "requests-lost-on-shutdown", "bad-version-takes-over",
      ]), "\(cared)")
  }

  @Test func recreateStopsAllPods() {
    let recreate = Self.web(spec: "strategy: {type: Recreate}", container: Self.probe)
    #expect(condition("update-stops-all-pods", recreate) == "always")
    #expect(condition("update-stops-all-pods", Self.web(container: Self.probe)) == nil)
  }

  private static func budget(_ rule: String) -> String {
    """
    ---
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata: {name: web}
    spec: {selector: {matchLabels: {app: web}}, \(rule)}

    """
  }

  @Test func aBudgetBlocksADrainOrLetsTheLastPodGo() {
    let web = Self.web(replicas: 1, container: Self.probe)
    #expect(condition("drain-blocked", web + Self.budget("minAvailable: 1")) == "always")
    #expect(condition("drain-takes-last-pod", web + Self.budget("minAvailable: 1")) == nil)
    #expect(condition("drain-blocked", web + Self.budget("maxUnavailable: 1")) == nil)
    #expect(condition("drain-takes-last-pod", web + Self.budget("maxUnavailable: 1")) == "always")
  }

  @Test func aPortOfTheNodeKeepsASurgeOut() {
    let text = Self.web(
      spec: "strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}",
      container: Self.probe
    ).replacing("{containerPort: 8080}", with: "{containerPort: 8080, hostPort: 8080}")
    #expect(condition("rollout-cannot-progress", text) == "on 2 nodes, as many as pods")
    let free = text.replacing(
      "maxUnavailable: 0, maxSurge: 1", with: "maxUnavailable: 1, maxSurge: 0")
    #expect(condition("rollout-cannot-progress", free) == nil)
  }

  @Test func whatToleratesEverythingStaysOnALostNode() {
    let stays = Self.web(pod: "tolerations: [{operator: Exists}]", container: Self.probe)
    #expect(condition("not-replaced-after-node-loss", stays) == "always")
    #expect(condition("not-replaced-after-node-loss", Self.web(container: Self.probe)) == nil)
  }

  @Test(arguments: [("", "1 of 20 nodes lost"), ("10%", "2 of 20 nodes lost")])
  func lostNodesStopADaemonSet(share: String, words: String) {
    let update =
      share.isEmpty
      ? "" : "updateStrategy: {rollingUpdate: {maxUnavailable: \"\(share)\"}}"
    let text = """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: agent}
      spec:
        selector: {matchLabels: {app: agent}}
        \(update)
        template:
          metadata: {labels: {app: agent}}
          spec: {containers: [{name: agent, image: agent}]}

      """
    #expect(condition("daemonset-update-stuck", text) == words)
  }

  /// Labels, disks and neighbours that pods ask for are there.
  @Test(arguments: [
    "nodeSelector: {disk: ssd}",
    "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: "
      + "[{matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [z1]}]}]}}}",
    "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
      + "[{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: cache}}}]}}",
    "topologySpreadConstraints: [{maxSkew: 1, topologyKey: rack, whenUnsatisfiable: DoNotSchedule, "
      + "labelSelector: {matchLabels: {app: web}}}]",
  ])
  func whatIsOutsideTheManifestsIsNotHeldAgainstThem(pod: String) {
    let disk =
      "\(Self.probe)\n        imagePullPolicy: Never\n"
      + "        resources: {requests: {ephemeral-storage: 500Gi}}"
    #expect(condition("pods-never-ready", Self.web(pod: pod, container: disk)) == nil)
  }

  /// Nobody has them, but somebody may write them.
  @Test func hugeAmountsAreNumbersToo() {
    let text = Self.web(
      replicas: 3,
      container:
        "resources: {requests: {cpu: 1e30, memory: 1e30}, limits: {cpu: 1e30, memory: 1e30}}")
    #expect(condition("cpu-throttled", text) != nil)
    let set = Self.set(text)
    let comparison = ChangeExamination(from: set, to: set, Examination.Settings()).comparison
    #expect(comparison.brought.isEmpty)
    let whole = FindingComparison(findings(text), base: findings(text))
    #expect(whole.brought.isEmpty && !whole.rows.isEmpty)
  }

  @Test func aQuotaThatForbidsPodsIsFound() {
    let quota = """
      ---
      apiVersion: v1
      kind: ResourceQuota
      metadata: {name: none}
      spec: {hard: {pods: "1"}}

      """
    #expect(condition("pods-never-ready", Self.web(container: Self.probe) + quota) == "always")
  }

  @Test func aRemedyIsTriedBeforeItIsSuggested() throws {
    let set = Self.set(Self.web(container: Self.probe))
    let settings = Examination.Settings()
    let found = Examination(ExaminedTree(set), settings).findings
    let trial = RemedyTrial(set, settings, found)
    let lost = try #require(found.first { $0.id == "requests-lost-on-shutdown" })
    #expect(trial.remedy(of: lost)?.title.contains("preStop") == true)
    // What changes nothing of it is not suggested.
    var other = lost
    other.remedies = [
      .spec("more history", lost.object, [.init("revisionHistoryLimit", .integer(20))])
    ]
    #expect(trial.remedy(of: other) == nil)
  }

  @Test func aChangeIsToldFromWhatWasThere() {
    let base = Self.set(Self.web(container: "resources: {limits: {memory: 256Mi}}"))
    let head = Self.set(
      Self.web(
        spec: "strategy: {type: Recreate}", container: "resources: {limits: {memory: 128Mi}}"))
    let rows = ChangeExamination(from: base, to: head, Examination.Settings()).comparison.rows
    func standing(_ id: String) -> FindingComparison.Standing? {
      rows.first { $0.finding.id == id }?.standing
    }
    #expect(standing("oom-under-load") == .worse)
    #expect(standing("update-stops-all-pods") == .new)
    #expect(standing("requests-cut-on-shutdown") == .wasSoBefore)
    let back = ChangeExamination(from: head, to: base, Examination.Settings()).comparison
    #expect(back.rows.first { $0.finding.id == "oom-under-load" }?.standing == .better)
    #expect(back.rows.first { $0.finding.id == "update-stops-all-pods" }?.standing == .gone)
    #expect(!back.brought.contains { $0.finding.severity == .error })
  }

  @Test func sameManifestsHaveTheSameFindings() {
    var settings = Examination.Settings()
    let tree = ExaminedTree(Self.set(Self.web() + Self.budget("maxUnavailable: 0")))
    let one = Examination(tree, settings).findings
    settings.jobs = 2
    #expect(Examination(tree, settings).findings == one)
  }
}
