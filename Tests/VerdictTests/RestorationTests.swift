import ClusterAPI
import Testing
import Units

@testable import Verdict

@Suite struct RestorationTests {
  private func autoscaler(_ most: Int) -> ClusterObject {
    var object = HorizontalPodAutoscaler(
      meta: ObjectMeta(name: "web"), targetAPIVersion: "apps/v1", targetKind: "Deployment",
      targetName: "web", maxReplicas: most)
    object.minReplicas = 3
    return .horizontalPodAutoscaler(object)
  }

  private func defects(_ run: [ClusterObject], _ twin: [ClusterObject]) -> [RestorationDefect] {
    RestorationDefect.between(run: run, twin: twin)
  }

  @Test func theSameObjectsHaveNoDefect() {
    let objects: [ClusterObject] = [.deployment(deployment("web:v1")), autoscaler(5)]
    #expect(defects(objects, objects).isEmpty)
  }

  @Test func bookkeepingIsNoDefect() {
    var moved = deployment("web:v1")
    moved.meta.generation = 7
    moved.meta.resourceVersion = 99
    moved.meta.annotations["deployment.kubernetes.io/revision"] = "3"
    moved.meta.annotations["wavetank.dev/good-replica-set"] = "web-1"
    moved.status.observedGeneration = 7
    #expect(defects([.deployment(moved)], [.deployment(deployment("web:v1"))]).isEmpty)
  }

  @Test func anAutoscalersBoundIsADefectWithBothValues() {
    let found = defects([autoscaler(40)], [autoscaler(12)])
    #expect(
      found == [
        RestorationDefect(
          object: autoscaler(1).key, path: "spec.maxReplicas", expected: "12", found: "40")
      ])
    #expect(found[0].words.contains("spec.maxReplicas is 40, without the change 12"))
  }

  @Test func theSizeOfAnAutoscaledWorkloadIsNoDefect() {
    var grown = deployment("web:v1")
    grown.spec.replicas += 3
    let plain = deployment("web:v1")
    #expect(defects([.deployment(grown)], [.deployment(plain)]).map(\.path) == ["spec.replicas"])
    #expect(
      defects([.deployment(grown), autoscaler(9)], [.deployment(plain), autoscaler(9)]).isEmpty)
    // Where the change brought the autoscaler, the twin's size is still what is wanted.
    #expect(
      defects([.deployment(grown), autoscaler(9)], [.deployment(plain)]).map(\.path)
        == ["spec.replicas", ""])
    var status = grown
    status.spec.template.labels["x"] = "y"
    #expect(
      defects([.deployment(status), autoscaler(9)], [.deployment(plain), autoscaler(9)])
        .map(\.path) == ["spec.template.labels[x]"])
  }

  @Test func dataOfAConfigMapIsADefect() {
    func map(_ data: Labels) -> ClusterObject {
      .configMap(ConfigData(meta: ObjectMeta(name: "web"), data: data))
    }
    let found = defects([map(["a": "1", "b": "2"])], [map(["a": "1", "c": "3"])])
    #expect(found.map(\.path) == ["data[b]", "data[c]"])
    #expect(found.map(\.expected) == [nil, "3"])
    #expect(found.map(\.found) == ["2", nil])
  }

  @Test func aTemplateIsComparedFieldByField() {
    var changed = deployment("web:v1")
    changed.spec.template.spec.containers[0].image = "web:v2"
    changed.spec.template.spec.containers[0].resources.limits["cpu"] = Quantity(2)
    changed.spec.replicas = 5
    let found = defects([.deployment(changed)], [.deployment(deployment("web:v1"))])
    #expect(
      found.map(\.path) == [
        "spec.replicas", "spec.template.spec.containers[web].image",
        "spec.template.spec.containers[web].resources.limits[cpu]",
      ])
    #expect(found.map(\.found) == ["5", "web:v2", "2"])
  }

  @Test func objectsThatAreGoneOrLeftBehindAreDefects() {
    let found = defects([autoscaler(5)], [.deployment(deployment("web:v1"))])
    #expect(
      found.map(\.words) == [
        "deployment/web is gone", "horizontalpodautoscaler/web was left behind",
      ])
  }

  @Test func documentsAreComparedByTheirPaths() {
    func ingress(_ host: String) -> ClusterObject {
      .opaque(
        OpaqueObject(
          apiVersion: "networking.k8s.io/v1", kind: Kind("Ingress", group: "networking.k8s.io"),
          meta: ObjectMeta(name: "web"),
          document: .object([
            .init("metadata", .object([.init("generation", .integer(host == "a" ? 1 : 2))])),
            .init(
              "spec", .object([.init("rules", .list([.object([.init("host", .string(host))])]))])),
          ])))
    }
    #expect(defects([ingress("a")], [ingress("b")]).map(\.path) == ["spec.rules[0].host"])
  }
}
