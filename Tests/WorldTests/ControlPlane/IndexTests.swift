import ClusterAPI
import Testing
import Units

@testable import World

/// What an index finds is what a search of all rows finds.
struct IndexTests {
  @Test func aNameMeansTheFirstRowThatIsThere() {
    var index = NameIndex()
    index.append(0, ObjectMeta(name: "web"))
    index.append(1, ObjectMeta(name: "web", namespace: "other"))
    index.append(2, ObjectMeta(name: "web"))
    #expect(index.row(namespace: "default", name: "web") { _ in true } == 0)
    #expect(index.row(namespace: "default", name: "web") { $0 != 0 } == 2)
    #expect(index.row(namespace: "default", name: "web") { _ in false } == nil)
    #expect(index.row(namespace: "default", name: "db") { _ in true } == nil)
  }

  @Test func ownersAreFoundByTheLabelsOfTheirPods() {
    let rows: [(String, Labels)] = [
      ("default", ["app": "web", "tier": "front"]), ("default", ["app": "db", "tier": "back"]),
      ("other", ["app": "web", "tier": "front"]), ("default", ["app": "web", "tier": "back"]),
      ("default", [:]),
    ]
    var index = OwnerIndex()
    for (at, row) in rows.enumerated() {
      let key = ObjectKey(.replicaSet, namespace: row.0, name: "set-\(at)")
      let owner = PodOwner(
        key: key, uid: UInt64(at + 1), workload: key, row: UInt32(at), template: ID(0),
        selector: nil, ownLabels: [:])
      index.append(owner, row.1)
    }
    let selectors: [LabelSelector] = [
      LabelSelector(), LabelSelector(matchLabels: ["app": "web"]),
      LabelSelector(matchLabels: ["app": "web", "tier": "back"]),
      LabelSelector(matchLabels: ["app": "none"]),
      LabelSelector(matchExpressions: [.init(key: "tier", op: .notIn, values: ["back"])]),
      LabelSelector(
        matchLabels: ["tier": "back"], matchExpressions: [.init(key: "app", op: .exists)]),
    ]
    for selector in selectors {
      for namespace in ["default", "other", "empty"] {
        let all = rows.indices.filter {
          rows[$0].0 == namespace && selector.matches(rows[$0].1)
        }
        #expect(index.owners(selectedBy: selector, namespace: namespace) == all)
      }
    }
    #expect(index.owner(uid: 3) == 2)
    #expect(index.owners(of: .replicaSet, row: 3) == [3])
  }

  @Test func autoscalersAreFoundByWhatTheirTargetsSelect() {
    let selectors: [LabelSelector] = [
      LabelSelector(matchLabels: ["app": "web", "managed-by": "helm"]),
      LabelSelector(matchLabels: ["app": "db", "managed-by": "helm"]),
      LabelSelector(matchExpressions: [.init(key: "app", op: .in, values: ["web", "mail"])]),
    ]
    let deployments = selectors.enumerated().map { at, selector in
      Deployment(
        meta: ObjectMeta(name: "d\(at)"),
        spec: DeploymentSpec(
          selector: selector, template: PodTemplate(spec: PodSpec(containers: []))))
    }
    let autoscalers = [0, 1, 2, 7].map { at in
      HorizontalPodAutoscaler(
        meta: ObjectMeta(name: "a\(at)"), targetAPIVersion: "apps/v1", targetKind: "Deployment",
        targetName: "d\(at)", maxReplicas: 10)
    }
    let index = AutoscalerIndex(of: autoscalers, deployments: deployments, statefulSets: [])
    #expect(index.selectors == selectors.map(Optional.some) + [nil])
    let cases: [(Labels, String, Set<Int>)] = [
      (["app": "web", "managed-by": "helm"], "default", [0, 2]), (["app": "web"], "default", [2]),
      (["app": "db", "managed-by": "helm", "x": "y"], "default", [1]),
      (["app": "web", "managed-by": "helm"], "other", []),
    ]
    for (labels, namespace, found) in cases {
      #expect(Set(index.autoscalers(selecting: labels, namespace: namespace)) == found)
    }
  }

  @Test func whatAnAutoscalerSelectsByIsLearntWhenItChanges() throws {
    let deployment = Deployment(
      meta: ObjectMeta(name: "web"),
      spec: DeploymentSpec(
        selector: LabelSelector(matchLabels: ["app": "web"]),
        template: PodTemplate(spec: PodSpec(containers: []))))
    var index = AutoscalerIndex(of: [], deployments: [deployment], statefulSets: [])
    var after = deployment
    after.status.replicas = 3
    index.see(deployment, after)
    #expect(!index.isStale)
    after.spec.selector.matchLabels["tier"] = "front"
    index.see(deployment, after)
    #expect(index.isStale)
    index = AutoscalerIndex(of: [], deployments: [deployment], statefulSets: [])
    index.see(deployment, Deployment?.none)
    #expect(index.isStale)
  }
}
