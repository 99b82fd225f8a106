import ClusterAPI
import Manifests
import Testing
import Units

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
    let deployment = try #require(
      set.objects.compactMap { object in
        if case .deployment(let deployment) = object { deployment } else { nil }
      }.first)
    return Rehearsal(
      manifests: files, deployment: deployment,
      change: .images([
        NewImage(
          ClusterObject.deployment(deployment).key, container: nil,
          image: "shop/web:v2")
      ]),
      assumptions: Assumptions(
        set.objects, deployment, rate: 20, startup: nil, serviceTime: nil), seeds: 1)
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
}
