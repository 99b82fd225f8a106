import ClusterAPI
import Testing
import Verdict

/// Rules about probes and hooks.
@Suite struct ProbeRuleTests {
  typealias Trees = FindingTrees

  private func find(
    _ id: String, _ container: String..., pod: [String] = [], more: [String] = []
  ) -> [RehearsalFinding] {
    Trees.find(id, Trees.workload(pod: pod, container: container, more: more))
  }

  @Test func aProbeOfTheNodesOwnAddress() {
    let probe = "livenessProbe: {httpGet: {host: 127.0.0.1, path: /healthz, port: 80}}"
    let found = find("probe-cannot-answer", probe)
    #expect(found.parts == ["web liveness"] && found.severities == [.error])
    #expect(find("probe-cannot-answer", probe, pod: ["hostNetwork: true"]).isEmpty)
    #expect(
      find("probe-cannot-answer", "livenessProbe: {httpGet: {path: /healthz, port: 80}}").isEmpty)
    // The host of another container's probe is not this one's.
    let other = "{name: other, image: a, livenessProbe: {httpGet: {host: 127.0.0.1, port: 80}}}"
    #expect(
      find("probe-cannot-answer", "livenessProbe: {httpGet: {port: 80}}", more: [other]).parts
        == ["other liveness"])
  }

  @Test func aPortThatIsNotDeclared() {
    let probe = "readinessProbe: {tcpSocket: {port: http}}"
    #expect(find("probe-cannot-answer", probe).severities == [.error])
    let declared = "ports: [{name: http, containerPort: 80}]"
    #expect(find("probe-cannot-answer", probe, declared).isEmpty)
    #expect(find("probe-cannot-answer", "readinessProbe: {tcpSocket: {port: '80'}}").isEmpty)
  }

  @Test func theRootOfAWebhook() {
    func webhook(_ path: String, _ more: String = "") -> Int {
      find(
        "probe-cannot-answer",
        "readinessProbe: {httpGet: {path: \(path), port: hook, scheme: HTTPS\(more)}}",
        "ports: [{name: hook, containerPort: 9443}]"
      ).count
    }
    #expect(webhook("/") == 1 && webhook("/validate-pods") == 0)
    #expect(webhook("/", ", httpHeaders: [{name: k-kubelet-probe, value: webhook}]") == 0)
    #expect(
      find(
        "probe-cannot-answer",
        "readinessProbe: {httpGet: {path: /, port: 8443, scheme: HTTPS}}"
      ).isEmpty)
  }

  @Test(arguments: [
    ("/api/workgroup/env-info", 1), ("/login", 1), ("/", 0), ("/healthz", 0), ("/-/ready", 0),
    ("/api/v1/health/", 0), ("/index.html", 0), ("/metrics", 1), ("/livez?verbose", 0),
  ])
  func aPageOfTheApplication(path: String, count: Int) {
    let found = find(
      "probe-asks-application", "livenessProbe: {httpGet: {path: '\(path)', port: 80}}")
    #expect(found.count == count)
  }

  @Test func readinessMayAskTheApplicationButNotForMetrics() {
    func readiness(_ path: String) -> Int {
      find(
        "probe-asks-application", "readinessProbe: {httpGet: {path: \(path), port: 80}}"
      ).count
    }
    #expect(readiness("/login") == 0 && readiness("/metrics") == 1)
  }

  @Test func aScriptThatNoVolumeBrings() {
    func run(_ command: String, _ more: String...) -> Int {
      let lines = ["livenessProbe: {exec: {command: \(command)}}"] + more
      return Trees.find(
        "probe-runs-program",
        Trees.workload(pod: ["volumes: [{name: s, emptyDir: {}}]"], container: lines)
      ).count
    }
    #expect(run("[/liveness.sh]") == 1)
    #expect(run("[sh, -c, /ready.sh]") == 1)
    #expect(run("[/bin/bash, /opt/ready.sh]") == 1)
    #expect(run("[/scripts/ready.sh]", "volumeMounts: [{name: s, mountPath: /scripts}]") == 0)
    #expect(run("[/scripts-2/ready.sh]", "volumeMounts: [{name: s, mountPath: /scripts}]") == 1)
    #expect(run("[/bin/grpc_health_probe, '-addr=:80']") == 0)
    #expect(run("[sh, -c, 'pg_isready -U postgres']") == 0)
  }

  @Test func aHookNeedsItsTool() {
    func hook(_ handler: String) -> Int {
      find("hook-runs-program", "lifecycle: {preStop: \(handler)}").count
    }
    #expect(hook("{exec: {command: [wget, -qO-, 'http://localhost:9001/drain']}}") == 1)
    #expect(hook("{exec: {command: [sh, -c, 'curl localhost/drain']}}") == 1)
    #expect(hook("{exec: {command: [/drain.sh]}}") == 1)
    #expect(hook("{exec: {command: [bash, -c, 'sleep 5']}}") == 0)
    #expect(hook("{httpGet: {path: /drain, port: 9001}}") == 0)
  }

  @Test func aHookThatTakesAllTheTime() throws {
    func hook(_ handler: String, _ pod: String...) -> [RehearsalFinding] {
      Trees.find(
        "hook-outlasts-grace-period",
        Trees.workload(pod: pod, container: ["lifecycle: {preStop: \(handler)}"]))
    }
    let found = hook("{exec: {command: [sh, -c, sleep 60]}}")
    #expect(found.count == 1)
    #expect(try #require(found.first).remedies.count == 1)
    #expect(hook("{sleep: {seconds: 30}}").count == 1)
    #expect(hook("{sleep: {seconds: 20}}").isEmpty)
    #expect(
      hook("{exec: {command: [sleep, '60']}}", "terminationGracePeriodSeconds: 90").isEmpty)
  }

  @Test func aProbeRunsTheHookOfANeighbour() {
    let probe = "livenessProbe: {httpGet: {path: /healthz, port: 8090}}"
    let hook = "lifecycle: {preStop: {exec: {command: [/bin/contour, shutdown]}}}"
    let other = ["{name: envoy, image: envoy}"]
    #expect(find("liveness-runs-prestop", probe, hook, more: other).parts == ["web"])
    #expect(find("liveness-runs-prestop", probe, hook).isEmpty)
    #expect(find("liveness-runs-prestop", hook, more: other).isEmpty)
    let wait = "lifecycle: {preStop: {exec: {command: [sleep, '5']}}}"
    #expect(find("liveness-runs-prestop", probe, wait, more: other).isEmpty)
  }
}
