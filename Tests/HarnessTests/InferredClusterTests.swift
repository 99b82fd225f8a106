import ClusterAPI
import Testing

@testable import Harness

/// Nodes that a rehearsal infers from manifests.
@Suite struct InferredClusterTests {
  private func template(_ milliCPU: Int64) -> PodTemplate {
    var container = Container(name: "a", image: "a:v1")
    container.resources.requests = ["cpu": Quantity(milli: milliCPU), "memory": Quantity(1 << 20)]
    return PodTemplate(labels: ["app": "a"], spec: PodSpec(containers: [container]))
  }

  private func set(_ replicas: Int, _ milliCPU: Int64) -> ClusterObject {
    var set = StatefulSet(
      meta: ObjectMeta(name: "a"), selector: LabelSelector(), template: template(milliCPU))
    set.replicas = replicas
    return .statefulSet(set)
  }

  private func daemon(_ milliCPU: Int64) -> ClusterObject {
    .daemonSet(
      DaemonSet(
        meta: ObjectMeta(name: "b"), selector: LabelSelector(), template: template(milliCPU)))
  }

  @Test func everyWorkloadFitsWithHalfAsMuchToSpare() {
    #expect(InferredCluster([]).nodes == 3)
    // 16 cores and half as much again, on nodes of 4.
    #expect(InferredCluster([set(16, 1000)]).nodes == 6)
    let job = Job(meta: ObjectMeta(name: "j"), template: template(1000))
    #expect(InferredCluster([set(16, 1000), .job(job)]).nodes == 7)
    #expect(InferredCluster([set(1, 5000)]).machine["cpu"] == Quantity(8))
  }

  @Test func whatDaemonSetsTakeIsNotThereForOthers() {
    #expect(InferredCluster([set(16, 1000), daemon(2000)]).nodes == 12)
    #expect(InferredCluster([set(1, 2000), daemon(2000)]).machine["cpu"] == Quantity(8))
  }
}
