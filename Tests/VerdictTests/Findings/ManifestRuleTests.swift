import ClusterAPI
import Testing
import Verdict

/// Rules about fields, names and references.
@Suite struct ManifestRuleTests {
  typealias Trees = FindingTrees

  @Test func aMountOfNoVolumeIsRefused() {
    let mount = "volumeMounts: [{name: tmp, mountPath: /tmp}]"
    let refused = Trees.find("refused-by-api-server", Trees.workload(container: [mount]))
    #expect(refused.parts == ["containers[web].volumeMounts[tmp].name"])
    #expect(refused.severities == [.error])
    let volume = Trees.workload(
      pod: ["volumes: [{name: tmp, emptyDir: {}}]"], container: [mount])
    #expect(Trees.find("refused-by-api-server", volume).isEmpty)
    let claim = Trees.workload(
      "StatefulSet",
      spec: [
        "serviceName: web",
        "volumeClaimTemplates: [{metadata: {name: tmp}, spec: {accessModes: [ReadWriteOnce]}}]",
      ], container: [mount])
    #expect(Trees.find("refused-by-api-server", claim).isEmpty)
  }

  @Test func aRequiredFieldThatIsMissingIsRefused() {
    let manifest = Trees.workload(
      pod: ["volumes: [{name: tmp, emptyDir: {}}]"],
      container: ["volumeMounts: [{name: tmp, volumeMount: /tmp}]"])
    #expect(Trees.find("refused-by-api-server", manifest).count == 1)
  }

  @Test func namesOfPortsAreUniqueAndShort() {
    func find(_ ports: String) -> [String] {
      Trees.find("refused-by-api-server", Trees.workload(container: ["ports: \(ports)"])).parts
    }
    #expect(find("[{name: http, containerPort: 80}, {name: web, containerPort: 81}]") == [])
    #expect(
      find("[{name: http, containerPort: 80}, {name: http, containerPort: 81}]")
        == ["containers[web].ports[http].name"])
    #expect(
      find("[{name: much-too-long-name, containerPort: 80}]")
        == ["containers[web].ports[much-too-long-name].name"])
  }

  @Test func aLivenessProbeSucceedsAtOnce() {
    func find(_ kind: String) -> Int {
      let probe = "\(kind): {tcpSocket: {port: 80}, successThreshold: 2}"
      return Trees.find("refused-by-api-server", Trees.workload(container: [probe])).count
    }
    #expect(find("livenessProbe") == 1 && find("readinessProbe") == 0)
  }

  @Test func aSelectorMayNotChange() {
    let base = Trees.workload()
    let head = base.replacing("app: web", with: "app: shop")
    let found = Trees.find("refused-by-api-server", from: [base], to: [head])
    #expect(found.severities == [.error])
    #expect(Trees.find("refused-by-api-server", from: [base], to: [base]).isEmpty)
  }

  @Test func aFieldOfThePodDoesNothingInAContainer() throws {
    let misplaced = Trees.workload(container: ["terminationGracePeriodSeconds: 2"])
    let found = Trees.find("field-has-no-effect", misplaced)
    #expect(found.count == 1)
    #expect(try #require(found.first).message.contains("belongs to the pod spec"))
    let placed = Trees.workload(pod: ["terminationGracePeriodSeconds: 2"])
    #expect(Trees.find("field-has-no-effect", placed).isEmpty)
    let custom = "apiVersion: example.com/v1\nkind: Web\nmetadata: {name: a}\nspec: {anything: 1}"
    #expect(Trees.find("field-has-no-effect", custom).isEmpty)
  }

  @Test(arguments: [
    "livenessProbe: {httpGet: {port: 80, periodSeconds: 3}}", "nodeSelector: {a: b}",
  ])
  func theRightPlaceIsNamed(line: String) {
    let found = Trees.find("field-has-no-effect", Trees.workload(container: [line]))
    #expect(found.count == 1 && found.allSatisfy { $0.message.contains("belongs to") })
  }

  private func variable(_ optional: Bool) -> String {
    Trees.workload(container: [
      "env: [{name: A, valueFrom: {configMapKeyRef: {name: params, key: b, optional: \(optional)}}}]"
    ])
  }

  @Test func aKeyThatAConfigMapHasNot() {
    let config = Trees.configMap()
    let found = Trees.find("missing-reference", variable(false), config)
    #expect(found.severities == [.error] && found.map(\.condition) == [.always])
    #expect(Trees.find("missing-reference", variable(true), config).isEmpty)
    #expect(Trees.find("missing-reference", variable(false), Trees.configMap(data: "b: x")).isEmpty)
    // Nobody knows of one that is not there.
    #expect(Trees.find("missing-reference", variable(false)).isEmpty)
    let husk = Trees.find("missing-reference", variable(false), Trees.configMap(data: ""))
    #expect(husk.severities == [.warning])
  }

  @Test func aKeyThatAVolumeIsMadeOf() {
    let reader = Trees.workload(pod: [
      "volumes: [{name: c, configMap: {name: params, items: [{key: a, path: a}, {key: b, path: b}]}}]"
    ])
    #expect(
      Trees.find("missing-reference", reader, Trees.configMap()).parts
        == ["volume c configmap/params b"])
    #expect(Trees.find("missing-reference", reader, Trees.configMap(data: "a: x, b: x")).isEmpty)
  }

  @Test func aSecuritySettingOfTheOtherKind() {
    func find(_ pod: [String], _ container: [String]) -> [String] {
      Trees.find("field-has-no-effect", Trees.workload(pod: pod, container: container)).parts
    }
    #expect(
      find(["securityContext: {readOnlyRootFilesystem: true, fsGroup: 1}"], [])
        == ["spec.template.spec.securityContext.readOnlyRootFilesystem"])
    #expect(
      find([], ["securityContext: {fsGroup: 1, privileged: true}"])
        == ["spec.template.spec.containers[0].securityContext.fsGroup"])
    #expect(
      find(["securityContext: {runAsUser: 1}"], ["securityContext: {runAsUser: 1}"]) == [])
  }

  @Test func aNodePortBelongsToOneService() {
    func service(_ name: String, _ port: Int) -> String {
      """
      apiVersion: v1
      kind: Service
      metadata: {name: \(name)}
      spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: \(port)}]}
      """
    }
    #expect(
      Trees.find("refused-by-api-server", service("a", 30001), service("b", 30001)).parts
        == ["nodePort 30001"])
    #expect(
      Trees.find("refused-by-api-server", service("a", 30001), service("b", 30002)).isEmpty)
  }

  @Test func anObjectThatTheChangeTakesAway() {
    let reader = Trees.workload(container: ["envFrom: [{configMapRef: {name: params}}]"])
    let config = Trees.configMap()
    let lost = Trees.find("missing-reference", from: [reader, config], to: [reader])
    #expect(lost.parts == ["configmap/params"])
    #expect(Trees.find("missing-reference", from: [reader], to: [reader]).isEmpty)
    #expect(Trees.find("missing-reference", from: [reader, config], to: [reader, config]).isEmpty)
  }

  @Test func anObjectThatAnArgumentNames() {
    let told = Trees.workload(container: [
      "args: ['--tcp-services-configmap=$(POD_NAMESPACE)/tcp', '--v=2', '--config=a/b']"
    ])
    let found = Trees.find("missing-reference", told)
    #expect(found.parts == ["web configmap/tcp"])
    #expect(found.map(\.condition) == [.when("unless configmap/tcp exists")])
    #expect(
      Trees.find("missing-reference", Trees.workload(container: ["args: [--secret-name=a]"]))
        .isEmpty)
    #expect(Trees.find("missing-reference", told, Trees.configMap("tcp")).isEmpty)
  }

  @Test func aVariableThatIsNotThere() {
    func find(_ lines: String...) -> [String] {
      Trees.find("variable-not-defined", Trees.workload(container: lines)).parts
    }
    let arguments = "args: ['--namespace=$(POD_NAMESPACE)', '--text=$$(OTHER)']"
    #expect(find(arguments) == ["web POD_NAMESPACE"])
    #expect(find(arguments, "env: [{name: POD_NAMESPACE, value: a}]").isEmpty)
    #expect(find(arguments, "envFrom: [{configMapRef: {name: all}}]").isEmpty)
    #expect(find("command: [sh, -c, 'echo $(HOSTNAME)']").isEmpty)
    #expect(find("args: ['$(DB_SERVICE_HOST)']").isEmpty)
  }
}
