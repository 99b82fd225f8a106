import ClusterAPI
import Manifests
import Testing

struct DeploymentTests {
  @Test func defaultsAreKubernetes() throws {
    let set = read(deployment())
    #expect(set.lines == [])
    guard case .deployment(let object) = try #require(set.objects.first) else {
      Issue.record("no Deployment")
      return
    }
    #expect(object.meta.namespace == "default")
    #expect(object.spec.replicas == 1)
    #expect(!object.spec.declaresReplicas)
    #expect(object.spec.strategy == DeploymentStrategy())
    #expect(object.spec.progressDeadlineSeconds == 600)
    #expect(object.spec.template.spec.terminationGracePeriodSeconds == 30)
    #expect(object.spec.template.spec.containers.first?.effectivePullPolicy == .ifNotPresent)
  }

  @Test func fieldsAreRead() throws {
    let set = read(
      deployment(
        spec: "replicas: 3\n  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 10%}}",
        container: """
          resources: {limits: {cpu: 0.5, memory: 64Mi}, requests: {cpu: 250m}}
                  readinessProbe: {httpGet: {port: http}, periodSeconds: 0, failureThreshold: 5}
          """))
    #expect(set.lines == [])
    guard case .deployment(let object) = try #require(set.objects.first) else { return }
    #expect(object.spec.replicas == 3)
    #expect(object.spec.declaresReplicas)
    #expect(object.spec.strategy.maxSurge == .int(1))
    #expect(object.spec.strategy.maxUnavailable == .string("10%"))
    let container = try #require(object.spec.template.spec.containers.first)
    #expect(container.resources.limits["cpu"]?.milliValue == 500)
    #expect(container.resources.requests["cpu"]?.milliValue == 250)
    #expect(container.resources.requests["memory"]?.value == 64 << 20)
    let probe = try #require(container.readinessProbe)
    #expect(probe.handler == .httpGet(path: "/", port: .string("http"), scheme: "HTTP"))
    #expect(probe.periodSeconds == 10)
    #expect(probe.failureThreshold == 5)
  }

  @Test func whatIsNotSimulatedStaysWithTheTemplate() throws {
    let set = read(deployment(container: "workingDir: /srv"))
    #expect(
      set.lines == [
        "test.yaml:17:9: note: spec.template.spec.containers[0].workingDir: kept, not simulated"
      ])
    guard case .deployment(let object) = try #require(set.objects.first) else { return }
    #expect(object.unmodelled.isEmpty)
    #expect(
      object.spec.template.unmodelled == [
        UnmodelledField(
          path: "spec.template.spec.containers[0].workingDir", value: .string("/srv"))
      ])
  }

  @Test func aRemovedVersionIsReadAsItsSuccessor() throws {
    let text = deployment(apiVersion: "extensions/v1beta1").replacing(
      "  selector:\n    matchLabels: {app: web}\n", with: "")
    let set = read(text)
    #expect(
      set.lines == [
        "test.yaml:1:13: note: Deployment of `extensions/v1beta1` is no longer served; "
          + "it is read as `apps/v1`; write that"
      ])
    guard case .deployment(let object) = try #require(set.objects.first) else { return }
    #expect(object.spec.selector == LabelSelector(matchLabels: ["app": "web"]))
  }

  @Test func theSelectorMustChooseTheTemplate() {
    let set = read(deployment().replacing("labels: {app: web}", with: "labels: {app: wob}"))
    #expect(set.counts.rejected == 1)
    #expect(
      set.lines == [
        "test.yaml:7:5: error: spec.selector: does not choose the template's own labels; "
          + "give the template the labels that the selector names"
      ])
  }
}
