import ClusterAPI
import PromQL
import Testing
import World

/// Which labels of objects are shown.
@Suite struct LabelAllowlistTests {
  private func shown(_ labels: ClusterAPI.Labels, _ allowed: SortedMap<[String]>) -> [String] {
    var object = KubeStateSamples.deployment
    object.meta.labels = labels
    return KubeState.expose(
      .deployment(object), epoch: 0, options: .init(labels: LabelAllowlist(allowed))
    ).series
      .filter { $0.labels.name == "kube_deployment_labels" }
      .map { $0.labels.removing(["namespace", "deployment", "__name__"]).description }
  }

  @Test func noneAreShownByDefault() {
    #expect(shown(["app": "web"], [:]) == [])
    #expect(shown(["app": "web"], ["pods": ["*"]]) == [])
    #expect(shown(["app": "web"], ["deployments": []]) == [])
  }

  @Test func namedOnesAreShown() {
    #expect(
      shown(["app": "web", "tier": "front"], ["deployments": ["app", "team"]])
        == ["{label_app=\"web\"}"])
    #expect(shown(["app": "web"], ["deployments": ["team"]]) == ["{}"])
    #expect(
      shown(["app": "web", "tier": "front"], ["deployments": ["*"]])
        == ["{label_app=\"web\", label_tier=\"front\"}"])
  }

  /// What stands under `*` is for the resources that are not named.
  @Test func allResources() {
    #expect(shown(["app": "web"], ["*": ["app"]]) == ["{label_app=\"web\"}"])
    #expect(shown(["app": "web"], ["*": ["app"], "deployments": ["team"]]) == ["{}"])
  }

  @Test func namesAreInSnakeCase() {
    #expect(
      shown(
        ["app.kubernetes.io/part-of": "a", "camelCaseHTTP2Name": "b"], ["deployments": ["*"]])
        == ["{label_app_kubernetes_io_part_of=\"a\", label_camel_case_http2_name=\"b\"}"])
  }

  @Test func namesThatBecomeTheSameAreNumbered() {
    #expect(
      shown(["a-b": "1", "a.b": "2", "c": "3"], ["deployments": ["*"]])
        == ["{label_a_b_conflict1=\"1\", label_a_b_conflict2=\"2\", label_c=\"3\"}"])
  }
}
