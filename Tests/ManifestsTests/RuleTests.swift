import ClusterAPI
import Manifests
import Testing

/// What the API server refuses although each field is of its type.
struct RuleTests {
  @Test func namesAndLabelsHaveTheirSyntax() {
    let set = read(
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: Shop_1
        labels: {-a: b, team: not a word}
      """)
    #expect(
      set.lines == [
        "test.yaml:4:9: error: metadata.name: `Shop_1` is no name of an object; "
          + "write up to 253 lower-case letters, digits, - and .",
        "test.yaml:5:12: error: metadata.labels.-a: `-a` is no label name; "
          + "write up to 63 letters, digits, -, _ and ., with or without a domain and /",
        "test.yaml:5:25: error: metadata.labels.team: `not a word` is no label value; "
          + "write up to 63 letters, digits, -, _ and .",
      ])
  }

  @Test func aRequestIsNotAboveItsLimit() {
    let set = read(
      deployment(
        container: "resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 1500m, memory: 1Gi}}"
      ))
    #expect(
      set.lines == [
        "test.yaml:17:68: error: spec.template.spec.containers[0].resources.requests.cpu: "
          + "1500m is more than the limit, 1; lower it, or raise the limit"
      ])
  }

  @Test func containersHaveNamesOfTheirOwn() {
    let set = read(deployment(pod: "initContainers: [{name: web, image: a}, {name: A, image: a}]"))
    #expect(
      set.lines == [
        "test.yaml:13:54: error: spec.template.spec.initContainers[1].name: `A` is no name of a "
          + "container; write up to 63 lower-case letters, digits and -",
        "test.yaml:15:15: error: spec.template.spec.containers[0].name: the container at "
          + "test.yaml:13:31 has the name `web` too; rename one of them",
      ])
    let none = read("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: []}")
    #expect(
      none.lines == [
        "test.yaml:4:20: error: spec.containers: a pod needs a container; add one"
      ])
  }

  @Test func aServiceHasPortsOrAnExternalName() {
    func lines(_ spec: String) -> [String] {
      read("apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: \(spec)").lines
    }
    #expect(
      lines("{selector: {app: a}}") == [
        "test.yaml:4:7: error: spec.ports: required field is missing; add `ports:`"
      ])
    #expect(lines("{clusterIP: None}") == [])
    #expect(lines("{type: ExternalName, externalName: a.b}") == [])
    #expect(lines("{type: ExternalName}").count == 1)
    #expect(
      lines("{ports: [{name: http, port: 80}, {port: 81}]}") == [
        "test.yaml:4:40: error: spec.ports[1]: one of several ports has no name; add `name:`"
      ])
  }

  @Test func aRollingUpdateCanReplacePods() {
    #expect(
      read(deployment(spec: "strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0%}}")).lines
        == [
          "test.yaml:8:29: error: spec.strategy.rollingUpdate: maxSurge and maxUnavailable are "
            + "both 0: no pod could be replaced; raise one of them"
        ])
    #expect(
      read(deployment(spec: "strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}")).lines
        == [
          "test.yaml:8:45: error: spec.strategy.rollingUpdate: may not stand beside "
            + "`type: Recreate`; remove it"
        ])
  }
}
