import ClusterAPI
import PromQL
import Units
import World

/// Objects with every field that is shown, and their expositions as text.
enum KubeStateSamples {
  static let epoch: Int64 = 1_700_000_000

  static let template = PodTemplate(
    labels: ["app": "web"], spec: PodSpec(containers: [Container(name: "main", image: "web:v1")]))

  static func meta(_ name: String, _ change: (inout ObjectMeta) -> Void = { _ in }) -> ObjectMeta {
    var meta = ObjectMeta(name: name, namespace: "shop", labels: ["app": "web"])
    meta.creationTimestamp = Timestamp(seconds: 60)
    meta.generation = 3
    meta.uid = 0xab
    meta.resourceVersion = 77
    change(&meta)
    return meta
  }

  static func condition(
    _ type: String, _ status: Condition.Status, _ reason: String = ""
  ) -> Condition {
    Condition(
      type: type, status: status, reason: reason, lastUpdateTime: Timestamp(seconds: 0),
      lastTransitionTime: Timestamp(seconds: 0))
  }

  static var deployment: Deployment {
    var object = Deployment(
      meta: meta("web"),
      spec: DeploymentSpec(
        replicas: 10, selector: LabelSelector(matchLabels: ["app": "web"]), template: template))
    object.status.observedGeneration = 2
    object.status.replicas = 12
    object.status.updatedReplicas = 4
    object.status.readyReplicas = 9
    object.status.availableReplicas = 8
    object.status.unavailableReplicas = 3
    object.status.terminatingReplicas = 1
    object.status.conditions = [
      condition("Available", .yes, "MinimumReplicasAvailable"),
      condition("Progressing", .unknown, "SomethingElse"),
    ]
    return object
  }

  static var replicaSet: ReplicaSet {
    var object = ReplicaSet(
      meta: meta("web-7d9c5b6f4") {
        $0.owner = OwnerReference(kind: .deployment, name: "web", uid: 1)
      },
      spec: ReplicaSetSpec(
        replicas: 5, selector: LabelSelector(matchLabels: ["app": "web"]), template: template))
    object.status.observedGeneration = 3
    object.status.replicas = 4
    object.status.readyReplicas = 2
    object.status.terminatingReplicas = 6
    return object
  }

  static var statefulSet: StatefulSet {
    var object = StatefulSet(
      meta: meta("db"), selector: LabelSelector(matchLabels: ["app": "db"]), template: template)
    object.replicas = 3
    object.startOrdinal = 5
    object.status.observedGeneration = 3
    object.status.replicas = 4
    object.status.readyReplicas = 2
    object.status.availableReplicas = 1
    object.status.currentReplicas = 6
    object.status.updatedReplicas = 7
    object.status.currentRevision = "db-1"
    object.status.updateRevision = "db-2"
    return object
  }

  static var daemonSet: DaemonSet {
    var object = DaemonSet(
      meta: meta("agent"), selector: LabelSelector(matchLabels: ["app": "agent"]),
      template: template)
    object.status.observedGeneration = 2
    object.status.desiredNumberScheduled = 9
    object.status.currentNumberScheduled = 8
    object.status.numberMisscheduled = 1
    object.status.updatedNumberScheduled = 4
    object.status.numberReady = 7
    object.status.numberAvailable = 6
    object.status.numberUnavailable = 3
    return object
  }

  static var job: Job {
    var object = Job(meta: meta("load"), template: template)
    object.completions = 4
    object.parallelism = 2
    object.activeDeadlineSeconds = 600
    object.status.active = 1
    object.status.ready = 1
    object.status.succeeded = 2
    object.status.failed = 3
    object.status.startTime = Timestamp(seconds: 61)
    object.status.completionTime = Timestamp(seconds: 90)
    object.status.conditions = [
      condition("Complete", .no), condition("Failed", .yes, "BackoffLimitExceeded"),
      condition("Suspended", .no),
    ]
    return object
  }

  static var pod: PodState {
    var spec = PodSpec(containers: [Container(name: "main", image: "web:v1")])
    spec.containers[0].resources.requests = [
      "cpu": Quantity(milli: 250), "nvidia.com/gpu": Quantity(1),
    ]
    spec.containers[0].resources.limits = ["memory": Quantity(1 << 30)]
    spec.initContainers = [Container(name: "proxy", image: "proxy:v2")]
    spec.initContainers[0].restartPolicy = "Always"
    spec.initContainers[0].resources.requests = ["ephemeral-storage": Quantity(4096)]
    spec.initContainers[0].resources.limits = ["hugepages-2Mi": Quantity(1 << 21)]
    spec.priorityClassName = "high"
    spec.overhead = ["cpu": Quantity(milli: 50), "memory": Quantity(1 << 20)]
    spec.tolerations = [
      Toleration(key: "gpu", op: .exists, effect: .noExecute, tolerationSeconds: 30),
      Toleration(key: "gpu", op: .exists, effect: .noExecute, tolerationSeconds: 30),
    ]
    spec.volumes = [
      Volume(name: "data", source: .persistentVolumeClaim(name: "data-web-0", readOnly: true)),
      Volume(name: "tmp", source: .emptyDir),
    ]
    var pod = PodState(namespace: "shop", name: "web-0", uid: "u1", spec: spec)
    pod.labels = ["app": "web"]
    pod.owner = PodState.Owner(kind: "ReplicaSet", name: "web-7d9c5b6f4")
    pod.phase = .running
    pod.ready = .yes
    pod.readyTime = 140
    pod.initializedTime = 122
    pod.containersReadyTime = 135
    pod.scheduled = .yes
    pod.scheduledTime = 110
    pod.created = 100
    pod.startTime = 120
    pod.deletionTimestamp = 190
    pod.node = "node-1"
    pod.hostIP = "10.0.0.1"
    pod.podIP = "10.244.0.7"
    pod.containers[0].state = .running(startedAt: 125)
    pod.containers[0].isReady = true
    pod.containers[0].lastTermination = PodState.Termination(reason: "Error", exitCode: 1)
    pod.containers[1].state = .running(startedAt: 130)
    pod.containers[1].isReady = true
    pod.containers[1].restarts = 2
    pod.containers[1].lastTermination = PodState.Termination(
      reason: "OOMKilled", exitCode: 137, startedAt: 121, finishedAt: 128)
    return pod
  }

  /// Not scheduled, and with containers in the states that `pod` does not have.
  static var otherPod: PodState {
    var pod = PodState(namespace: "shop", name: "web-1", uid: "u2", spec: template.spec)
    pod.scheduled = .no
    pod.scheduledTime = 105
    var proxy = PodState.Container(name: "proxy", image: "proxy:v2", isInit: true)
    proxy.state = .terminated(PodState.Termination(reason: "Completed", exitCode: 0))
    var setup = PodState.Container(name: "setup", image: "setup:v1", isInit: true)
    setup.state = .waiting(reason: "PodInitializing")
    pod.containers[0].state = .waiting(reason: "CrashLoopBackOff")
    var side = PodState.Container(name: "side", image: "side:v1")
    side.state = .terminated(
      PodState.Termination(reason: "Evicted", exitCode: 1, startedAt: 130, finishedAt: 150))
    pod.containers += [side, proxy, setup]
    pod.tolerations = [Toleration(key: "dedicated", value: "db")]
    return pod
  }

  static var node: NodeState {
    var spec = NodeSpec(
      name: "node-1",
      allocatable: [
        "cpu": Quantity(milli: 3920), "example.com/fpga": Quantity(2),
        "kubernetes.io/unknown": Quantity(1), "memory": Quantity(8 << 30), "pods": Quantity(110),
      ])
    spec.labels = ["node-role.kubernetes.io/control-plane": "", "topology.kubernetes.io/zone": "a"]
    spec.taints = [Taint(key: "dedicated", value: "db", effect: .noSchedule)]
    spec.unschedulable = true
    var node = NodeState(NodeView(spec))
    node.created = 50
    node.internalIP = "10.0.0.1"
    node.podCIDR = "10.244.0.0/24"
    return node
  }

  /// As text, a series to a line, sorted.
  static func text(_ exposition: Exposition, without labels: [String] = []) -> String {
    exposition.series.map { series in
      let value = Int64(exactly: series.value).map { String($0) } ?? "\(series.value)"
      return "\(series.labels.removing(labels)) \(value)"
    }.sorted().joined(separator: "\n")
  }

  static func text(_ object: ClusterObject) -> String {
    text(KubeState.expose(object, epoch: epoch))
  }
}
