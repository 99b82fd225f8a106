import ClusterAPI
import Manifests
import Testing

/// The kinds other than Deployment: what is read, and what defaulting adds.
struct KindTests {
  private func only(_ text: String, _ lines: [String] = []) throws -> ClusterObject {
    let set = read(text)
    #expect(set.lines == lines)
    return try #require(set.objects.first)
  }

  private func workload(_ kind: String, _ more: String = "", pod: String = "") -> String {
    """
    apiVersion: apps/v1
    kind: \(kind)
    metadata: {name: a}
    spec:
      selector: {matchLabels: {app: a}}
      \(more)
      template:
        metadata: {labels: {app: a}}
        spec:
          \(pod)
          containers: [{name: a, image: a:1}]
    """
  }

  @Test func clusterScopedKindsHaveNoNamespace() throws {
    let namespace = try only("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}")
    #expect(namespace.key == ObjectKey(.namespace, namespace: "", name: "shop"))
    let node = try only(
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n0, labels: {topology.kubernetes.io/zone: a}}
      spec: {unschedulable: true, taints: [{key: gpu, effect: NoSchedule}]}
      status: {capacity: {cpu: 4, memory: 16Gi, pods: "110"}, allocatable: {cpu: 3800m}}
      """)
    guard case .node(let object) = node else {
      Issue.record("no Node")
      return
    }
    #expect(object.meta.namespace.isEmpty)
    #expect(object.zone == "a")
    #expect(object.unschedulable)
    #expect(object.taints == [Taint(key: "gpu", effect: .noSchedule)])
    #expect(object.allocatable["cpu"]?.milliValue == 3800)
    #expect(object.allocatable["memory"]?.value == 16 << 30)
  }

  @Test func workloadsAreRead() throws {
    guard case .replicaSet(let replicaSet) = try only(workload("ReplicaSet", "replicas: 3")),
      case .statefulSet(let statefulSet) = try only(
        workload(
          "StatefulSet",
          """
          serviceName: db
            podManagementPolicy: Parallel
            ordinals: {start: 5}
            updateStrategy: {rollingUpdate: {partition: 2}}
            volumeClaimTemplates:
            - metadata: {name: data}
              spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
          """)),
      case .daemonSet(let daemonSet) = try only(
        workload("DaemonSet", "updateStrategy: {rollingUpdate: {maxUnavailable: 10%}}"))
    else {
      Issue.record("a workload is of another kind")
      return
    }
    #expect(replicaSet.spec.replicas == 3)
    #expect(statefulSet.serviceName == "db")
    #expect(statefulSet.podManagementPolicy == "Parallel")
    #expect(statefulSet.partition == 2)
    #expect(statefulSet.startOrdinal == 5)
    #expect(statefulSet.volumeClaimTemplates.first?.resources.requests["storage"]?.value == 1 << 30)
    #expect(daemonSet.maxUnavailable == .string("10%"))
    #expect(daemonSet.updateStrategy == "RollingUpdate")
  }

  @Test func workloadsRestartTheirPods() {
    let set = read(workload("DaemonSet", pod: "restartPolicy: Never"))
    #expect(
      set.lines == [
        "test.yaml:10:22: error: spec.template.spec.restartPolicy: must be Always, but is Never; "
          + "write `Always` or nothing"
      ])
  }

  @Test func aJobDoesNotRestartItsPodsForEver() throws {
    let text = """
      apiVersion: batch/v1
      kind: Job
      metadata: {generateName: load-}
      spec:
        parallelism: 4
        template: {spec: {containers: [{name: a, image: a:1}]}}
      """
    let set = read(text)
    #expect(
      set.counts.rejections.map(\.reason) == [
        "spec.template.spec.restartPolicy: must be OnFailure or Never, but is Always"
      ])
    let good = read(text.replacing("containers:", with: "restartPolicy: Never, containers:"))
    guard case .job(let job) = try #require(good.objects.first) else { return }
    #expect(good.diagnostics.map(\.severity) == [.note])
    #expect(job.meta.name.hasPrefix("load-"))
    #expect(job.meta.name.count == 10)
    #expect(job.completions == nil)
    #expect(job.parallelism == 4)
    #expect(job.backoffLimit == 6)
  }

  @Test func bareObjectsOfTheCoreGroupAreRead() throws {
    guard
      case .pod(let pod) = try only(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
          + "spec: {nodeName: n0, containers: [{name: a, image: a}]}"),
      case .persistentVolumeClaim(let claim) = try only(
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: a}\n"
          + "spec: {accessModes: [ReadWriteMany], volumeMode: Block, storageClassName: fast}"),
      case .resourceQuota(let quota) = try only(
        "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: a}\n"
          + "spec: {hard: {pods: 10, requests.cpu: 4}, scopes: [NotTerminating]}"),
      case .limitRange(let range) = try only(
        "apiVersion: v1\nkind: LimitRange\nmetadata: {name: a}\n"
          + "spec: {limits: [{type: Container, max: {cpu: 2}, min: {memory: 1Mi}}]}"),
      case .priorityClass(let priority) = try only(
        "apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: a}\n"
          + "value: 1000\npreemptionPolicy: Never\ndescription: for batch")
    else {
      Issue.record("an object is of another kind")
      return
    }
    #expect(pod.spec.nodeName == "n0")
    #expect(claim.accessModes == ["ReadWriteMany"])
    #expect(claim.storageClassName == "fast")
    #expect(quota.hard["pods"]?.value == 10)
    #expect(quota.scopes == ["NotTerminating"])
    // `SetDefaults_LimitRangeItem`
    #expect(range.limits.first?.defaultLimits["cpu"]?.value == 2)
    #expect(range.limits.first?.defaultRequests["cpu"]?.value == 2)
    #expect(range.limits.first?.defaultRequests["memory"]?.value == 1 << 20)
    #expect(priority.value == 1000)
    #expect(priority.preemptionPolicy == "Never")
  }

  @Test func aBudgetHasOneBound() throws {
    let head = "kind: PodDisruptionBudget\nmetadata: {name: a}\n"
    guard
      case .podDisruptionBudget(let budget) = try only(
        "apiVersion: policy/v1\n\(head)spec: {minAvailable: 50%, selector: {}}"),
      case .podDisruptionBudget(let old) = try only(
        "apiVersion: policy/v1beta1\n\(head)spec: {maxUnavailable: 1, selector: {}}",
        [
          "test.yaml:1:13: note: PodDisruptionBudget of `policy/v1beta1` is no longer served; "
            + "it is read as `policy/v1`; write that",
          "test.yaml:4:37: note: spec: an empty selector chooses no pod in policy/v1beta1, but "
            + "every pod in policy/v1; it is read as choosing none",
        ])
    else {
      Issue.record("no PodDisruptionBudget")
      return
    }
    #expect(budget.minAvailable == .string("50%"))
    #expect(budget.selector == LabelSelector())
    #expect(old.selector == nil)
    let both = read("apiVersion: policy/v1\n\(head)spec: {maxUnavailable: 1, minAvailable: one}")
    #expect(
      both.lines == [
        "test.yaml:4:41: error: spec.minAvailable: `one` is no number of pods; "
          + "write a whole number such as 1, or per cent such as 25%"
      ])
    let two = read("apiVersion: policy/v1\n\(head)spec: {maxUnavailable: 1, minAvailable: 1}")
    #expect(two.counts.rejected == 1)
  }

  @Test func everyCatalogKindIsOfAnObjectType() {
    for (kind, versions) in KindCatalog.kinds {
      let group = kind.group.isEmpty ? "" : kind.group + "/"
      #expect(versions.contains { $0.hasPrefix(group) }, "\(kind)")
      #expect(Set(versions).count == versions.count, "\(kind)")
    }
    let names = KindCatalog.kinds.map(\.kind.name)
    #expect(names == names.sorted())
    #expect(Set(names).count == 17)
  }
}
