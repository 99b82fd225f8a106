import ClusterAPI
import Testing
import Verdict

/// Rules answer for values that no cluster has, and do not trap.
@Suite struct FindingExtremeTests {
  typealias Trees = FindingTrees

  static let ids = [
    "budget-allows-last-pod", "field-has-no-effect", "heap-fills-limit",
    "hook-outlasts-grace-period", "host-port-taken", "image-for-one-architecture",
    "image-registry-gone", "missing-reference", "no-headroom-before-scaling", "pods-do-not-fit",
    "probe-asks-application", "probe-cannot-answer", "refused-by-api-server", "signal-ignored",
    "slow-daemonset-update", "two-instances-during-update", "update-not-rolled-out",
    "variable-not-defined", "without-leader-election",
  ]

  @Test(arguments: ids)
  func hugeNumbers(id: String) {
    let container = [
      "resources: {requests: {cpu: 1e30, memory: 1e30}, limits: {cpu: 1e30, memory: 1e30}}",
      "lifecycle: {preStop: {exec: {command: [sleep, '9223372036854775807']}}}",
      "env: [{name: A, value: -Xmx9223372036854775807g}]",
      "args: ['$', '$(', '$()', '$$', '=', '-=']",
    ]
    let spec = ["replicas: 2147483647"]
    let pod = ["terminationGracePeriodSeconds: 2147483647"]
    let manifests = [
      Trees.workload(spec: spec, pod: pod, container: container, more: ["{name: b, image: b}"]),
      Trees.workload("Deployment", "other", spec: spec, pod: pod, container: container),
      Trees.workload("DaemonSet", "agent", pod: pod, container: container),
      Trees.workload(
        "StatefulSet", "set",
        spec: spec + ["serviceName: a", "updateStrategy: {rollingUpdate: {partition: 2147483647}}"]),
      Trees.autoscaler(min: 2_147_483_647, max: 2_147_483_647, utilization: 2_147_483_647),
      Trees.budget("maxUnavailable: 2147483647"),
    ]
    #expect(Trees.tree(of: manifests).objects.count == manifests.count)
    _ = Trees.find(id, of: manifests)
  }

  @Test(arguments: ids)
  func emptyWords(id: String) {
    let container = [
      "command: ['', '-c', '']", "args: ['']", "'[': 1",
      "livenessProbe: {httpGet: {path: '?', port: ''}}",
      "readinessProbe: {exec: {command: ['']}}",
      "lifecycle: {preStop: {exec: {command: []}}}",
    ]
    for image in ["''", "'@'", "':'", "'/'", "'a/@'"] {
      let manifest = Trees.workload(container: container, image: image)
      #expect(Trees.tree(manifest).objects.count == 1, "\(image)")
      _ = Trees.find(id, manifest)
    }
  }
}
