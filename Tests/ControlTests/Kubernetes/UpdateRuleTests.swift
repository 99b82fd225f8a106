import ClusterAPI
import Control
import Testing

/// What may not be changed of a stored object, each beside what may.
@Suite struct UpdateRuleTests {
  private static let meta = ObjectMeta(name: "x")

  private static func template(_ image: String = "a:v1") -> PodTemplate {
    PodTemplate(
      labels: ["app": "x"], spec: PodSpec(containers: [Container(name: "a", image: image)]))
  }

  private static func deployment(_ label: String, _ image: String) -> ClusterObject {
    .deployment(
      Deployment(
        meta: meta,
        spec: DeploymentSpec(
          selector: LabelSelector(matchLabels: ["app": label]), template: template(image))))
  }

  private static func set(_ change: (inout StatefulSet) -> Void) -> ClusterObject {
    var set = StatefulSet(meta: meta, selector: LabelSelector(), template: template())
    change(&set)
    return .statefulSet(set)
  }

  private static func job(_ change: (inout Job) -> Void) -> ClusterObject {
    var job = Job(meta: meta, template: template())
    change(&job)
    return .job(job)
  }

  private static func data(_ value: String, immutable: Bool) -> ClusterObject {
    var data = ConfigData(meta: meta, data: ["key": value])
    data.immutable = immutable
    return .configMap(data)
  }

  private static func claim(_ size: Int64, _ mode: String = "ReadWriteOnce") -> ClusterObject {
    var claim = PersistentVolumeClaim(meta: meta)
    claim.accessModes = [mode]
    claim.resources.requests["storage"] = Quantity(size)
    return .persistentVolumeClaim(claim)
  }

  private static func service(_ address: String?, type: String = "ClusterIP") -> ClusterObject {
    var service = Service(meta: meta, selector: nil)
    service.clusterIP = address
    service.type = type
    return .service(service)
  }

  private static func binding(_ role: String) -> ClusterObject {
    .opaque(
      OpaqueObject(
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: Kind("RoleBinding", group: "rbac.authorization.k8s.io"), meta: meta,
        document: .object([.init("roleRef", .object([.init("name", .string(role))]))])))
  }

  private static let cases: [(old: ClusterObject, new: ClusterObject, field: String?)] = [
    (deployment("x", "a:v1"), deployment("x", "a:v2"), nil),
    (deployment("x", "a:v1"), deployment("y", "a:v1"), "spec.selector: "),
    (
      set { _ in },
      set {
        $0.replicas = 3; $0.template = template("a:v2")
      }, nil
    ),
    (set { _ in }, set { $0.serviceName = "other" }, "spec: Forbidden"),
    (set { _ in }, set { $0.podManagementPolicy = "Parallel" }, "spec: Forbidden"),
    (set { _ in }, set { $0.selector = LabelSelector(matchLabels: ["a": "b"]) }, "spec: Forbidden"),
    (
      set { _ in }, set { $0.volumeClaimTemplates = [PersistentVolumeClaim(meta: meta)] },
      "spec: Forbidden"
    ),
    (
      job { _ in },
      job {
        $0.parallelism = 4; $0.backoffLimit = 1
      }, nil
    ),
    (job { _ in }, job { $0.template = template("a:v2") }, "spec.template: "),
    (job { _ in }, job { $0.completions = 4 }, "spec.completions: "),
    (
      job {
        $0.completionMode = "Indexed"; $0.completions = 1
      },
      job {
        $0.completionMode = "Indexed"; $0.completions = 3; $0.parallelism = 3
      }, nil
    ),
    (
      job { $0.suspend = true }, job { $0.template.spec.nodeSelector = ["disk": "ssd"] }, nil
    ),
    (job { _ in }, job { $0.template.spec.nodeSelector = ["disk": "ssd"] }, "spec.template: "),
    (data("1", immutable: false), data("2", immutable: true), nil),
    (data("1", immutable: true), data("1", immutable: true), nil),
    (data("1", immutable: true), data("2", immutable: true), "data: Forbidden"),
    (data("1", immutable: true), data("1", immutable: false), "immutable: Forbidden"),
    (claim(1), claim(2), nil),
    (claim(2), claim(1), "spec.resources.requests.storage: Forbidden"),
    (claim(1), claim(1, "ReadWriteMany"), "spec: Forbidden"),
    (service(nil), service("None"), nil),
    (service("None"), service(nil), nil),
    (service("None"), service("10.0.0.1"), "spec.clusterIPs[0]: "),
    (service("10.0.0.1"), service("10.0.0.2", type: "ExternalName"), nil),
    (binding("a"), binding("a"), nil),
    (binding("a"), binding("b"), "roleRef: "),
    (
      .priorityClass(PriorityClass(meta: meta, value: 1)),
      .priorityClass(PriorityClass(meta: meta, value: 2)), "value: Forbidden"
    ),
  ]

  @Test(arguments: cases.indices)
  func theFieldIsNamedThatMayNotChange(_ index: Int) {
    let (old, new, field) = Self.cases[index]
    let words = UpdateRules.objection(old, to: new)
    #expect((words == nil) == (field == nil), "\(words ?? "allowed")")
    if let words, let field { #expect(words.hasPrefix(field)) }
  }

  @Test func ofAPodOnlyItsImagesMayChange() {
    var pod = Pod(meta: Self.meta, spec: Self.template().spec)
    let old = ClusterObject.pod(pod)
    pod.spec.containers[0].image = "a:v2"
    #expect(UpdateRules.objection(old, to: .pod(pod)) == nil)
    pod.spec.containers[0].command = ["sleep"]
    #expect(UpdateRules.objection(old, to: .pod(pod))?.hasPrefix("spec: Forbidden") == true)
  }
}
