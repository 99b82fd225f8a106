import ClusterAPI
import Testing
import Verdict

/// Rules about updates, their way back, and the end of pods.
@Suite struct UpdateRuleTests {
  typealias Trees = FindingTrees

  @Test func aControllerRunsTwice() throws {
    func find(_ spec: [String] = [], _ container: String..., more: String? = nil)
      -> [RehearsalFinding]
    {
      let manifest = Trees.workload(
        "Deployment", "web-controller", spec: spec, pod: ["serviceAccountName: web"],
        container: container)
      return Trees.find("two-instances-during-update", manifest, more ?? Trees.configMap())
    }
    let found = find()
    #expect(found.map(\.condition) == [.when("if it must not run twice at once")])
    #expect(try #require(found.first).remedies.first?.title == "the strategy Recreate")
    #expect(find(["strategy: {type: Recreate}"]).isEmpty)
    #expect(find(["strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}"]).isEmpty)
    #expect(find(["replicas: 2"]).isEmpty)
    let program = Trees.workload(container: ["command: [/bin/shop-controller]"])
    #expect(Trees.find("two-instances-during-update", program).count == 1)
    #expect(find([], "args: [--leader-elect=true]").isEmpty)
    #expect(find([], "args: [--leader-elect=false]").count == 1)
    #expect(find([], "env: [{name: CONFIG_LEADERELECTION_NAME, value: a}]").isEmpty)
    #expect(Trees.find("two-instances-during-update", Trees.workload()).isEmpty)
    let right = """
      apiVersion: v1
      kind: List
      items:
      - apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: web}
        rules: [{apiGroups: [coordination.k8s.io], resources: [leases], verbs: [get, update]}]
      - apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: web}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: web}
        subjects: [{kind: ServiceAccount, name: web, namespace: default}]
      """
    #expect(find(more: right).isEmpty)
    let lock = right.replacing("leases", with: "configmaps")
    #expect(find(more: lock).count == 1)
    #expect(
      find(
        more: lock.replacing("verbs:", with: "resourceNames: [web-leader], verbs:")
      ).isEmpty)
    #expect(find(more: right.replacing("update", with: "list")).count == 1)
    #expect(find(more: right.replacing("ServiceAccount, name", with: "User, name")).count == 1)
  }

  @Test func twoPodsWriteToOneClaim() {
    func find(_ mode: String) -> Int {
      let claim = """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec: {accessModes: [\(mode)], resources: {requests: {storage: 1Gi}}}
        """
      let pod = ["volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]"]
      return Trees.find("two-instances-during-update", Trees.workload(pod: pod), claim).count
    }
    #expect(find("ReadWriteOnce") == 1 && find("ReadWriteMany") == 0)
  }

  @Test func oneSidecarElectsNoLeader() {
    func find(_ spec: String, _ arguments: String) -> [String] {
      Trees.find(
        "without-leader-election",
        Trees.workload(
          spec: [spec],
          more: [
            "{name: csi-provisioner, image: a, args: [--leader-election=true]}",
            "{name: csi-resizer, image: a, args: [\(arguments)]}",
            "{name: csi-liveness, image: a}",
          ])
      ).parts
    }
    #expect(find("replicas: 2", "--v=5") == ["csi-resizer"])
    #expect(find("replicas: 2", "--leader-election=true") == [])
    #expect(find("strategy: {type: Recreate}", "--v=5") == [])
  }

  @Test func aBudgetOfAShareOfOne() {
    func find(_ rule: String, _ replicas: Int) -> [RehearsalFinding.Severity] {
      Trees.find(
        "budget-allows-last-pod", Trees.workload(spec: ["replicas: \(replicas)"]),
        Trees.budget(rule)
      ).severities
    }
    #expect(find("maxUnavailable: 20%", 1) == [.warning])
    #expect(find("maxUnavailable: 20%", 5) == [])
    #expect(find("minAvailable: 80%", 1) == [])
    #expect(find("maxUnavailable: 1", 1) == [.note])
    #expect(find("maxUnavailable: 1", 2) == [])
    #expect(find("maxUnavailable: 2", 2) == [.warning])
  }

  @Test func theFewestPodsOfAnAutoscalerCount() {
    let found = Trees.find(
      "budget-allows-last-pod", Trees.workload(spec: ["replicas: 5"]),
      Trees.budget("maxUnavailable: 20%"), Trees.autoscaler(min: 1, max: 20))
    #expect(found.map(\.condition) == [.when("if there is only 1 pod")])
  }

  @Test(arguments: [
    ("[/bin/sleep, 3650d]", 1), ("[sleep, infinity]", 1), ("[tail, -f, /dev/null]", 1),
    ("[tail, -n, '5', /var/log/a]", 0), ("[sh, -c, 'while true; do sleep 5; done']", 1),
    ("[sh, -c, 'migrate && exec serve']", 0), ("[sh, -c, 'migrate; serve']", 0),
    ("[sh, -c, 'migrate; sleep 9999']", 1),
    ("[bash, -c, 'trap exit TERM; while true; do sleep 1; done']", 0), ("[/app]", 0),
  ])
  func aProgramWithoutAHandler(command: String, count: Int) {
    let lines = ["command: \(command)"]
    let found = Trees.find("signal-ignored", Trees.workload(container: lines))
    #expect(found.count == count)
    for pod in ["terminationGracePeriodSeconds: 0", "shareProcessNamespace: true"] {
      #expect(Trees.find("signal-ignored", Trees.workload(pod: [pod], container: lines)).isEmpty)
    }
  }

  @Test func aDaemonSetIsUpdatedSlowly() {
    func find(_ spec: String, pod: String = "hostNetwork: false", with other: String? = nil) -> Int
    {
      let set = Trees.workload("DaemonSet", spec: [spec], pod: [pod])
      return Trees.find("slow-daemonset-update", set, other ?? Trees.configMap()).count
    }
    #expect(find("minReadySeconds: 0") == 1)
    #expect(find("minReadySeconds: 0", pod: "terminationGracePeriodSeconds: 0") == 0)
    #expect(find("updateStrategy: {rollingUpdate: {maxUnavailable: 10%}}") == 0)
    #expect(find("updateStrategy: {type: OnDelete}") == 0)
    #expect(find("minReadySeconds: 0", with: Trees.service()) == 0)
  }

  @Test func argumentsWithoutACommand() {
    let base = [Trees.workload()]
    func find(_ from: [String], _ lines: String...) -> Int {
      Trees.find("arguments-replace-command", from: from, to: [Trees.workload(container: lines)])
        .count
    }
    #expect(find(base, "args: ['-port=80']") == 1)
    #expect(find(base, "command: [/app]", "args: ['-port=80']") == 0)
    #expect(find(base, "args: [serve]") == 0)
    #expect(find([Trees.workload(container: ["args: [-v]"])], "args: [-port=80]") == 0)
  }

  @Test func otherDataUnderTheSameName() {
    let (old, new) = (Trees.configMap(), Trees.configMap(data: "a: other"))
    let variables = ["envFrom: [{configMapRef: {name: params}}]"]
    let reader = Trees.workload(container: variables)
    let next = Trees.workload(container: variables, image: "shop/web:v2")
    #expect(
      Trees.find("rollback-leaves-config", from: [reader, old], to: [next, new]).map(\.object.name)
        == ["params"])
    #expect(Trees.find("rollback-leaves-config", from: [reader, old], to: [next, old]).isEmpty)
    #expect(Trees.find("rollback-leaves-config", from: [reader, old], to: [reader, new]).isEmpty)
    #expect(
      Trees.find("config-not-reloaded", from: [reader, old], to: [reader, new]).severities
        == [.warning])
    #expect(Trees.find("config-not-reloaded", from: [reader, old], to: [next, new]).isEmpty)
    let mount = Trees.workload(pod: ["volumes: [{name: a, configMap: {name: params}}]"])
    #expect(Trees.find("config-not-reloaded", from: [mount, old], to: [mount, new]).isEmpty)
    // Another key of the same ConfigMap than the one that is read.
    let one = Trees.workload(container: [
      "env: [{name: A, valueFrom: {configMapKeyRef: {name: params, key: b}}}]"
    ])
    #expect(Trees.find("config-not-reloaded", from: [one, old], to: [one, new]).isEmpty)
  }

  @Test(arguments: [
    ("FAIL_ON_INIT_ERROR", "false", 1), ("FAIL_ON_INIT_ERROR", "true", 0),
    ("IGNORE_ERRORS", "true", 1), ("ERROR_PAGE", "false", 0), ("CONTINUE_ON_ERROR", "1", 1),
  ])
  func errorsThatArePassedOver(name: String, value: String, count: Int) {
    let manifest = Trees.workload(container: ["env: [{name: \(name), value: '\(value)'}]"])
    #expect(Trees.find("errors-ignored", manifest).count == count)
  }

  @Test func readinessThatWaits() {
    func find(_ delay: Int) -> Int {
      Trees.find(
        "readiness-waits",
        Trees.workload(container: [
          "readinessProbe: {tcpSocket: {port: 80}, initialDelaySeconds: \(delay)}"
        ])
      ).count
    }
    #expect(find(180) == 1 && find(30) == 0)
  }

  @Test(arguments: [
    ("Deployment", "paused: true", 1), ("Deployment", "paused: false", 0),
    ("DaemonSet", "updateStrategy: {type: OnDelete}", 1),
    ("StatefulSet", "updateStrategy: {rollingUpdate: {partition: 1}}", 1),
    ("StatefulSet", "updateStrategy: {rollingUpdate: {partition: 0}}", 0),
  ])
  func aVersionThatDoesNotReachThePods(kind: String, line: String, count: Int) {
    let more = kind == "StatefulSet" ? ["serviceName: web"] : []
    let found = Trees.find("update-not-rolled-out", Trees.workload(kind, spec: [line] + more))
    #expect(found.count == count)
  }

  @Test func noHistoryIsKept() {
    #expect(
      Trees.find("history-prevents-rollback", Trees.workload(spec: ["revisionHistoryLimit: 0"]))
        .count
        == 1)
    #expect(Trees.find("history-prevents-rollback", Trees.workload()).isEmpty)
  }

  @Test(arguments: [
    ("-Xmx512m", "512Mi", 1), ("-Xms1g -Xmx1G", "1Gi", 1), ("-Xmx256m", "512Mi", 0),
    ("-Xmx512m -Xmx128m", "512Mi", 0), ("-Xmx", "512Mi", 0),
    ("--max-old-space-size=1024", "1Gi", 1), ("--max-old-space-size=512", "1Gi", 0),
  ])
  func aHeapAsLargeAsTheLimit(options: String, limit: String, count: Int) {
    let manifest = Trees.workload(container: [
      "env: [{name: JAVA_OPTS, value: '\(options)'}]",
      "resources: {limits: {memory: \(limit)}}",
    ])
    #expect(Trees.find("heap-fills-limit", manifest).count == count)
  }
}
