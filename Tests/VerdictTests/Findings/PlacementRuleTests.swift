import ClusterAPI
import Testing
import Verdict

/// Rules about images, nodes and their ports.
@Suite struct PlacementRuleTests {
  typealias Trees = FindingTrees

  @Test(arguments: [
    ("gcr.io/kubebuilder/kube-rbac-proxy:v0.13.1", [RehearsalFinding.Severity.error]),
    ("registry.k8s.io/kubebuilder/kube-rbac-proxy:v0.13.1", []),
    ("bitnami/redis:7.0", [.error]), ("docker.io/bitnami/redis@sha256:0a", [.error]),
    ("bitnami/redis", []), ("bitnamilegacy/redis:7.0", []), ("k8s.gcr.io/pause:3.9", [.note]),
    ("quay.io/bitnami/redis:7.0", []), ("redis:7", []),
  ])
  func aRegistryThatIsGone(image: String, severities: [RehearsalFinding.Severity]) {
    let found = Trees.find("image-registry-gone", Trees.workload(image: image))
    #expect(found.severities == severities)
  }

  @Test func anImageForOneArchitecture() {
    func find(_ image: String, _ pod: String...) -> Int {
      Trees.find("image-for-one-architecture", Trees.workload(pod: pod, image: image)).count
    }
    #expect(find("quay.io/k8scsi/livenessprobe:v2.1.0") == 1)
    #expect(find("k8s.gcr.io/defaultbackend-amd64:1.5") == 1)
    #expect(find("shop/web:v1-arm64") == 1)
    #expect(find("k8s.gcr.io/sig-storage/livenessprobe:v2.1.0") == 0)
    #expect(find("shop/charm:v1") == 0)
    #expect(
      find("shop/web:v1-arm64", "nodeSelector: {kubernetes.io/arch: arm64}") == 0)
  }

  @Test func aPortOfTheKubelet() {
    func find(_ pod: [String], _ container: String) -> [String] {
      Trees.find(
        "host-port-taken", Trees.workload("DaemonSet", pod: pod, container: [container])
      ).parts
    }
    let probe = "livenessProbe: {httpGet: {path: /healthz, port: 10249}}"
    #expect(find(["hostNetwork: true"], probe) == ["port 10249"])
    #expect(find([], probe) == [])
    #expect(
      Trees.find(
        "host-port-taken",
        Trees.workload(container: [probe, "ports: [{containerPort: 80, hostPort: 80}]"])
      ).map(\.condition) == [.when("if it runs on the host network")])
    #expect(find([], "ports: [{containerPort: 80, hostPort: 10250}]") == ["port 10250"])
    #expect(find(["hostNetwork: true"], "ports: [{containerPort: 10254}]") == [])
    #expect(
      Trees.find(
        "host-port-taken",
        Trees.workload(
          "DaemonSet", "kube-proxy", pod: ["hostNetwork: true"],
          container: ["ports: [{containerPort: 10249}]"])
      ).isEmpty)
  }

  @Test func twoWorkloadsWantOnePort() {
    let ports = ["ports: [{containerPort: 80, hostPort: 8080}]"]
    func other(_ kind: String, _ container: [String], _ pod: String...) -> String {
      Trees.workload(kind, "other", pod: pod, container: container)
    }
    let web = Trees.workload("DaemonSet", container: ports)
    let both = Trees.find("host-port-taken", web, other("DaemonSet", ports))
    #expect(both.parts == ["port 8080 daemonset/web"] && both.severities == [.error])
    #expect(Trees.find("host-port-taken", web, other("Deployment", ports)).severities == [.note])
    #expect(
      Trees.find("host-port-taken", web, other("DaemonSet", ports, "nodeSelector: {os: windows}"))
        .isEmpty)
    let udp = ["ports: [{containerPort: 80, hostPort: 8080, protocol: UDP}]"]
    #expect(Trees.find("host-port-taken", web, other("DaemonSet", udp)).isEmpty)
  }

  @Test func replicasThatMayShareANode() throws {
    let service = Trees.service()
    let found = Trees.find("replicas-share-node", Trees.workload(spec: ["replicas: 2"]), service)
    #expect(found.severities == [.warning])
    #expect(try #require(found.first).remedies.count == 1)
    #expect(Trees.find("replicas-share-node", Trees.workload(spec: ["replicas: 1"])).isEmpty)
    #expect(
      Trees.find("replicas-share-node", Trees.workload(), Trees.autoscaler(max: 3)).severities
        == [.note])
    #expect(Trees.find("replicas-share-node", Trees.workload("DaemonSet")).isEmpty)
    let leader = Trees.workload(container: ["args: [--leader-elect]"])
    #expect(Trees.find("replicas-share-node", leader).severities == [.note])
  }

  @Test(arguments: [
    ("web", true), ("another", false),
  ])
  func antiAffinityKeepsThemApart(label: String, isApart: Bool) {
    let affinity =
      "affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, "
      + "podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: "
      + "{app: \(label)}}}}]}}"
    let manifest = Trees.workload(spec: ["replicas: 2"], pod: [affinity])
    #expect(Trees.find("replicas-share-node", manifest).isEmpty == isApart)
  }

  @Test func aConstraintOrAPortKeepsThemApart() {
    let spread =
      "topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname, "
      + "whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: web}}}]"
    #expect(
      Trees.find("replicas-share-node", Trees.workload(spec: ["replicas: 2"], pod: [spread]))
        .isEmpty)
    let port = "ports: [{containerPort: 80, hostPort: 80}]"
    #expect(
      Trees.find("replicas-share-node", Trees.workload(spec: ["replicas: 2"], container: [port]))
        .isEmpty)
  }

  @Test func podsThatNeedMoreThanASmallNode() {
    func requests(_ name: String, _ cpu: String, _ memory: String) -> String {
      Trees.workload(
        "Deployment", name, spec: ["replicas: 2"],
        container: ["resources: {requests: {cpu: \(cpu), memory: \(memory)}}"])
    }
    let found = Trees.find(
      "pods-do-not-fit", requests("web", "800m", "300Mi"), requests("worker", "300m", "300Mi"))
    #expect(found.map(\.object.name) == ["web"])
    #expect(found.map(\.condition) == [.above(.clusterCPU, 2200)])
    #expect(Trees.find("pods-do-not-fit", requests("web", "500m", "1Gi")).isEmpty)
    let more = Trees.find("pods-do-not-fit", requests("web", "500m", "3Gi"))
    #expect(more.map(\.condition) == [.above(.clusterMemory, 6144)])
  }

  @Test func aLabelThatNodesDoNotGet() {
    func find(_ pod: String) -> [String] {
      Trees.find("node-label-gone", Trees.workload(pod: [pod])).parts
    }
    #expect(find("nodeSelector: {node-role.kubernetes.io/master: ''}") == ["node selector"])
    #expect(find("nodeSelector: {node-role.kubernetes.io/control-plane: ''}") == [])
    let master = "{key: node-role.kubernetes.io/master, operator: Exists, effect: NoSchedule}"
    let control = "{key: node-role.kubernetes.io/control-plane, operator: Exists}"
    #expect(find("tolerations: [\(master)]") == ["tolerations"])
    #expect(find("tolerations: [\(master), \(control)]") == [])
    #expect(find("tolerations: [{operator: Exists}]") == [])
  }

  @Test func twoContainersWantOnePort() {
    func find(_ ports: String) -> [String] {
      Trees.find(
        "port-taken-in-pod",
        Trees.workload(
          container: ["ports: [{containerPort: 80}]"],
          more: ["{name: other, image: a, ports: [\(ports)]}"])
      ).parts
    }
    #expect(find("{containerPort: 80}") == ["other port 80"])
    #expect(find("{containerPort: 80, protocol: UDP}") == [] && find("{containerPort: 81}") == [])
  }

  @Test func aPodOfTheSystemWithoutPriority() {
    func find(_ namespace: String, _ pod: String...) -> Int {
      let manifest = Trees.workload(pod: pod).replacing(
        "metadata: {name: web}", with: "metadata: {name: web, namespace: \(namespace)}")
      return Trees.find("system-pod-without-priority", manifest).count
    }
    #expect(find("kube-system") == 1 && find("default") == 0)
    #expect(find("kube-system", "priorityClassName: system-cluster-critical") == 0)
  }

  @Test func anAgentWithoutPriority() {
    func find(_ kind: String, _ folder: String, _ pod: String...) -> Int {
      Trees.find(
        "system-pod-without-priority",
        Trees.workload(kind, pod: ["volumes: [{name: a, hostPath: {path: \(folder)}}]"] + pod)
      ).count
    }
    #expect(find("DaemonSet", "/var/lib/kubelet/device-plugins") == 1)
    #expect(find("DaemonSet", "/var/log") == 0 && find("Deployment", "/etc/cni/net.d") == 0)
    #expect(
      find("DaemonSet", "/etc/cni/net.d", "priorityClassName: system-node-critical") == 0)
  }
}
