import ClusterAPI
import Testing
import Verdict

/// Rules about autoscalers, Services and selectors.
@Suite struct ScalingRuleTests {
  typealias Trees = FindingTrees

  @Test func replicasBesideAnAutoscaler() {
    let scaler = Trees.autoscaler()
    #expect(
      Trees.find("autoscaler-and-replicas", Trees.workload(spec: ["replicas: 2"]), scaler).count
        == 1)
    #expect(Trees.find("autoscaler-and-replicas", Trees.workload(), scaler).isEmpty)
    #expect(Trees.find("autoscaler-and-replicas", Trees.workload(spec: ["replicas: 2"])).isEmpty)
  }

  @Test func useInPerCentOfNothing() {
    func find(_ more: String...) -> [String] {
      Trees.find(
        "autoscaler-without-requests",
        Trees.workload(container: ["resources: {requests: {cpu: 100m}}"], more: more),
        Trees.autoscaler()
      ).parts
    }
    #expect(find() == [])
    #expect(find("{name: sidecar, image: a}") == ["sidecar cpu"])
    #expect(find("{name: sidecar, image: a, resources: {limits: {cpu: 1}}}") == [])
    let range = """
      apiVersion: v1
      kind: LimitRange
      metadata: {name: defaults}
      spec: {limits: [{type: Container, defaultRequest: {cpu: 100m}}]}
      """
    #expect(
      Trees.find("autoscaler-without-requests", Trees.workload(), Trees.autoscaler(), range).isEmpty
    )
  }

  @Test func aTargetThatIsNotThere() {
    #expect(
      Trees.find("autoscaler-target-missing", Trees.workload(), Trees.autoscaler()).isEmpty)
    #expect(
      Trees.find("autoscaler-target-missing", Trees.workload(), Trees.autoscaler("wbe")).severities
        == [.note])
    #expect(
      Trees.find(
        "autoscaler-target-missing", Trees.workload(),
        Trees.autoscaler(apiVersion: "extensions/v1beta1")
      ).severities == [.error])
    #expect(Trees.find("autoscaler-target-missing", Trees.autoscaler("wbe")).isEmpty)
  }

  @Test(arguments: [
    ("100m", 95, [RehearsalFinding.Severity.warning]), ("100m", 80, [.note]), ("200m", 80, []),
    ("100m", 50, []),
  ])
  func aLimitBelowWhatTheAutoscalerWaitsFor(
    limit: String, target: Int, severities: [RehearsalFinding.Severity]
  ) {
    let manifest = Trees.workload(container: [
      "resources: {requests: {cpu: 100m}, limits: {cpu: \(limit)}}"
    ])
    let found = Trees.find(
      "no-headroom-before-scaling", manifest, Trees.autoscaler(utilization: target))
    #expect(found.severities == severities)
  }

  @Test func limitsThatAreTheRequests() {
    func find(_ limit: String, _ other: String) -> Int {
      let manifest = Trees.workload(container: [
        "resources: {requests: {cpu: 100m, memory: 1Gi}, limits: {cpu: \(limit), memory: 1Gi}}"
      ])
      return Trees.find("no-headroom-before-scaling", manifest, other).count
    }
    #expect(find("100m", Trees.service()) == 1)
    #expect(find("200m", Trees.service()) == 0 && find("100m", Trees.configMap()) == 0)
  }

  @Test func aServiceOfNoPods() {
    func find(_ selector: String, _ manifest: String) -> [String] {
      Trees.find("service-selects-nothing", manifest, Trees.service(selector: selector)).parts
    }
    #expect(find("app: web", Trees.workload()) == [])
    #expect(find("'app': web, tier: front", Trees.workload()) == ["deployment/web"])
    // Nothing says that these pods were meant.
    #expect(find("app: other", Trees.workload("Deployment", "worker")) == [])
    let rollout = """
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: web}
      spec: {template: {metadata: {labels: {app: web, tier: front}}}}
      """
    #expect(
      Trees.find(
        "service-selects-nothing", Trees.workload(), rollout,
        Trees.service(selector: "app: web, tier: front")
      ).isEmpty)
  }

  @Test func aPortThatNoPodHas() {
    func find(_ target: String) -> [String] {
      Trees.find(
        "service-port-not-served",
        Trees.workload(container: ["ports: [{name: web, containerPort: 8080}]"]),
        Trees.service(target: target)
      ).parts
    }
    #expect(find("http") == ["port 80"])
    #expect(find("web") == [] && find("8080") == [] && find("9999") == ["port 80"])
    #expect(
      Trees.find("service-port-not-served", Trees.workload(), Trees.service(target: "9999")).isEmpty
    )
    let headless = Trees.service(target: "9999").replacing(
      "spec:", with: "spec:\n  clusterIP: None")
    let web = Trees.workload(container: ["ports: [{containerPort: 8080}]"])
    #expect(Trees.find("service-port-not-served", web, headless).isEmpty)
  }

  @Test func aBudgetOfNoPods() {
    func find(_ name: String) -> [String] {
      let manifest = Trees.workload("Deployment", name)
      return Trees.find("budget-selects-nothing", manifest, Trees.budget("minAvailable: 1")).parts
    }
    #expect(find("web") == [] && find("other") == [])
    let renamed = Trees.workload().replacing("app: web", with: "app: shop")
    #expect(
      Trees.find("budget-selects-nothing", renamed, Trees.budget("minAvailable: 1")).parts
        == ["deployment/web"])
  }

  @Test func autoscalersThatWorkAgainstEachOther() {
    let web = Trees.workload()
    func other(_ kind: String, _ spec: String) -> String {
      "apiVersion: x.example/v1\nkind: \(kind)\nmetadata: {name: a}\nspec: {\(spec)}"
    }
    func find(_ more: String) -> [RehearsalFinding.Severity] {
      Trees.find("two-autoscalers", web, Trees.autoscaler(), more).severities
    }
    #expect(find(Trees.configMap()) == [])
    #expect(find(other("ScaledObject", "scaleTargetRef: {name: web}")) == [.error])
    #expect(find(other("ScaledObject", "scaleTargetRef: {name: other}")) == [])
    let vertical = "targetRef: {kind: Deployment, name: web}"
    #expect(find(other("VerticalPodAutoscaler", vertical)) == [.warning])
    #expect(
      find(other("VerticalPodAutoscaler", vertical + ", updatePolicy: {updateMode: 'Off'}")) == [])
  }

  @Test func selectorsOfTwo() {
    let web = Trees.workload()
    let canary = web.replacing("metadata: {name: web}", with: "metadata: {name: canary}")
    #expect(Trees.find("selectors-overlap", web, canary).parts == ["deployment/web"])
    #expect(
      Trees.find("selectors-overlap", web, Trees.workload("Deployment", "worker")).isEmpty)
  }
}
