import ClusterAPI
import Manifests
import Recording
import Testing
import Units
import Verdict

@testable import Harness

@Suite struct RehearsalTests {
  private func manifests(
    services: [String], requests: String = "{cpu: 250m, ephemeral-storage: 10Gi}"
  ) -> [(name: String, bytes: [UInt8])] {
    var text = """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: shop}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
            - name: web
              image: shop/web:v1
              resources: {requests: \(requests)}
              readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 5}

      """
    for service in services {
      text += """
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: \(service), namespace: shop}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}

        """
    }
    return [("web.yaml", Array(text.utf8))]
  }

  private func rehearsal(
    services: [String], requests: String = "{cpu: 250m, ephemeral-storage: 10Gi}"
  ) throws -> Rehearsal {
    let files = manifests(services: services, requests: requests)
    let set = ManifestReader.read(files: files)
    #expect(!set.hasErrors)
    let workload = try #require(set.objects.lazy.compactMap { RehearsedWorkload($0) }.first)
    return Rehearsal(
      manifests: files, workload: workload,
      change: .images([
        NewImage(workload.key, container: nil, image: "shop/web:v2")
      ]),
      assumptions: Assumptions(
        set.objects, workload, rate: 20, startup: nil, serviceTime: nil), seeds: 1)
  }

  @Test func everySituationIsWrittenTwiceAndCanBeRead() throws {
    let rehearsal = try rehearsal(services: ["web"])
    #expect(rehearsal.diagnostics.isEmpty)
    // There is no memory to leak into, and no base to apply again.
    let without = ["memory-leak", "apply-of-base"]
    #expect(
      rehearsal.situations.map(\.name)
        == Situation.all.map(\.name).filter { !without.contains($0) })
    // Whoever undoes a change needs no guard.
    let undone = rehearsal.situations.count { $0.isRolledBack }
    #expect(undone == 1)
    #expect(rehearsal.scenarios.count == 2 * rehearsal.situations.count - undone)
    #expect(rehearsal.scenarios.allSatisfy { $0.guards.isEmpty != $0.name.hasSuffix("-guarded") })
  }

  @Test func whatIsSlowFollowsFromARunWithoutTheChange() throws {
    let rehearsal = try rehearsal(services: ["web"])
    let usual = try #require(rehearsal.assumptions.usualLatency)
    // 10 ms in the median and 40 ms for one in a hundred, and the way to the pod and back.
    #expect(usual > .milliseconds(20) && usual < .milliseconds(80))
    let bound = try #require(rehearsal.assumptions.latencyBound)
    #expect(bound == usual * 5 / 2 + .milliseconds(10))
    let written = "below: \(Assumptions.text(bound))"
    #expect(rehearsal.files.contains { $0.name == "latency-5x.yaml" && $0.text.contains(written) })
  }

  @Test func aDeploymentThatDoesNotComeUpIsAnObstacle() throws {
    #expect(try rehearsal(services: ["web"]).obstacle == nil)
    let obstacle = try #require(
      try rehearsal(services: ["web"], requests: "{ephemeral-storage: 900Gi}").obstacle)
    #expect(obstacle.available == 0 && obstacle.wanted == 2)
    #expect(obstacle.reason?.contains("Insufficient ephemeral-storage") == true)
  }

  @Test func servicesOfTheSamePodsShareTheLoad() throws {
    let rehearsal = try rehearsal(services: ["web", "web-internal"])
    #expect(rehearsal.assumptions.services.count == 2)
    #expect(rehearsal.files.allSatisfy { $0.text.ranges(of: "curve: {constant: 10}").count == 2 })
  }

  @Test func withoutAServiceOnlyPodsAreLookedAt() throws {
    let rehearsal = try rehearsal(services: [])
    #expect(rehearsal.diagnostics.isEmpty)
    #expect(rehearsal.assumptions.usualLatency == nil)
    #expect(!rehearsal.situations.contains { $0.name == "errors-5-percent" })
    #expect(rehearsal.files.allSatisfy { !$0.text.contains("  load:") })
  }

  private static let sets = """
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: db}
    spec:
      serviceName: db
      replicas: 2
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec:
          containers:
          - {name: db, image: "shop/db:v1", readinessProbe: {tcpSocket: {port: 5432}}}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: db}
    spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
    ---
    apiVersion: apps/v1
    kind: DaemonSet
    metadata: {name: agent}
    spec:
      selector: {matchLabels: {app: agent}}
      template:
        metadata: {labels: {app: agent}}
        spec:
          containers:
          - {name: agent, image: "shop/agent:v1", readinessProbe: {tcpSocket: {port: 9000}}}

    """

  /// The change of both sets, and of a Deployment that was not there before.
  private func rehearsal(of kind: Kind) throws -> Rehearsal {
    let files = [(name: "base.yaml", bytes: Array(Self.sets.utf8))]
    let deployment = String(decoding: manifests(services: [])[0].bytes, as: UTF8.self)
    let text =
      Self.sets.replacing(/shop\/(db|agent):v1/) { "shop/\($0.1):v2" } + "---\n" + deployment
    let base = ManifestReader.read(files: files)
    let head = ManifestReader.read(files: [(name: "head.yaml", bytes: Array(text.utf8))])
    #expect(!base.hasErrors && !head.hasErrors)
    let isNew = kind == .deployment
    let workload = try #require(
      (isNew ? head : base).objects.first { $0.kind == kind }.flatMap {
        RehearsedWorkload($0, isNew: isNew)
      })
    let change = TreeChange(from: base, to: head, prunes: false)
    return Rehearsal(
      manifests: files, workload: workload, change: .apply(change, for: workload.key),
      assumptions: Assumptions(
        head.objects, workload, rate: 20, startup: nil, serviceTime: nil), seeds: 1)
  }

  @Test func setsAreRehearsedAsDeploymentsAre() throws {
    for kind in [Kind.statefulSet, .daemonSet] {
      let rehearsal = try rehearsal(of: kind)
      #expect(rehearsal.diagnostics.isEmpty && rehearsal.obstacle == nil)
      #expect(rehearsal.scenarios.count == rehearsal.situations.count, "no guards")
      let names = ["healthy-change", "never-ready", "node-drain", "rollout-undo"]
      let scenarios = rehearsal.scenarios.filter { names.contains($0.name) }
      #expect(scenarios.count == names.count)
      #expect(scenarios.allSatisfy { $0.judged == [rehearsal.workload.key] })
      let runs = Suite.run(scenarios, jobs: 1) { _ in }
      let outcomes = names.map { name in runs.first { $0.scenario == name }?.outcome }
      #expect(outcomes == ["promoted", "stuck", "promoted", "rolledBack"], "\(kind)")
      // One pod waits, the others serve.
      let stuck = try #require(runs.first { $0.scenario == "never-ready" })
      #expect(stuck.belowMinimum == .zero && !stuck.series.isEmpty)
    }
  }

  @Test func whatIsNewIsRehearsedWithoutAVersionBefore() throws {
    let rehearsal = try rehearsal(of: .deployment)
    #expect(rehearsal.diagnostics.isEmpty && rehearsal.obstacle == nil)
    #expect(
      rehearsal.situations.map(\.name) == [
        "healthy-change", "slow-start-2x", "slow-start", "node-loss", "zone-loss", "node-drain",
        "slow-api-server",
      ])
    let runs = Suite.run([rehearsal.scenarios[0]], jobs: 1) { _ in }
    #expect(runs[0].verdict == .passed, "\(runs[0].findings)")
  }

  @Test func anAutoscalerTellsOfTheLoad() throws {
    let autoscaler = """
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: web, namespace: shop}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
        minReplicas: 4
        maxReplicas: 8
        metrics:
        - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 40}}}

      """
    var files = manifests(services: ["web"])
    func assumed() throws -> Assumptions {
      let set = ManifestReader.read(files: files)
      #expect(!set.hasErrors)
      let workload = try #require(set.objects.lazy.compactMap { RehearsedWorkload($0) }.first)
      return Assumptions(set.objects, workload, rate: nil, startup: nil, serviceTime: nil)
    }
    // 250m are 125 requests of 2 ms in a second.
    #expect(try assumed().rate == 125)
    files[0].bytes += Array(autoscaler.utf8)
    #expect(try assumed().rate == 150, "three quarters of 40 % of 4 x 125")
  }

  @Test func whatExplainsASituationIsAFinding() {
    for situation in Situation.all {
      for id in situation.explainedBy {
        #expect(FindingCatalog.rule(id) != nil, "\(situation.name): \(id)")
      }
      #expect(Set(situation.explainedBy).count == situation.explainedBy.count)
    }
  }
}
