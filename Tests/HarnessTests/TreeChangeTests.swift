import ClusterAPI
import Manifests
import Testing

@testable import Harness

/// What applying one tree of manifests does to a cluster that runs another.
@Suite struct TreeChangeTests {
  private static let web = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: 2
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          serviceAccountName: robot
          priorityClassName: high
          nodeSelector: {disk: ssd}
          containers:
          - name: app
            image: shop/web:v1
            env: [{name: A, value: "1"}, {name: B, value: "2"}]
            envFrom: [{configMapRef: {name: settings}}, {secretRef: {name: extra, optional: true}}]
          - {name: proxy, image: "proxy:v1"}
    """
  private static let settings = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: settings}
    data: {color: blue}
    """

  private static func read(_ documents: String...) -> ManifestSet {
    let set = ManifestReader.read(
      files: [("all.yaml", Array(documents.joined(separator: "\n---\n").utf8))])
    #expect(!set.hasErrors, "\(set.diagnostics)")
    return set
  }

  private static func change(
    _ base: [String], _ head: [String], prunes: Bool = false
  ) -> TreeChange {
    TreeChange(
      from: read(base.joined(separator: "\n---\n")), to: read(head.joined(separator: "\n---\n")),
      prunes: prunes)
  }

  /// Of the only object that differs.
  private static func fields(_ base: String, _ head: String) -> [String] {
    change([base], [head]).objects.flatMap(\.fields).map { $0.words() }
  }

  @Test func equalTreesHaveNoDifferenceWhateverTheirForm() {
    let other = Self.web.replacing(
      "{matchLabels: {app: web}}", with: "\n    matchLabels:\n      app: web")
    #expect(Self.change([Self.web, Self.settings], [Self.settings, other]).isEmpty)
  }

  @Test func aFieldIsNamedByWhatTellsItsListsElementsApart() {
    let head = Self.web.replacing("shop/web:v1", with: "shop/web:v2")
      .replacing("{name: A, value: \"1\"}, ", with: "")
    #expect(
      Self.fields(Self.web, head) == [
        "spec.template.spec.containers[app].image: shop/web:v1 to shop/web:v2",
        "spec.template.spec.containers[app].env[A]: {name, value} to none",
      ])
  }

  @Test func anImageTellsNewPodsUnlessOldOnesHaveItToo() {
    let head = Self.web.replacing("shop/web:v1", with: "shop/web:v2")
    let object = Self.change([Self.web], [head]).objects[0]
    #expect(object.isRollout && object.newImage == "shop/web:v2")
    let probe = Self.web.replacing("value: \"1\"", with: "value: \"3\"")
    let other = Self.change([Self.web], [probe]).objects[0]
    #expect(other.isRollout && other.newImage == nil)
    let size = Self.change([Self.web], [Self.web.replacing("replicas: 2", with: "replicas: 3")])
    #expect(!size.objects[0].isRollout)
  }

  @Test func kindsAreAppliedInOrderAndPrunedInTheOpposite() {
    let service =
      "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}"
    let change = Self.change([], [Self.web, service, Self.settings])
    #expect(change.applied.map(\.key.kind) == [.configMap, .service, .deployment])
    let pruned = Self.change([Self.settings, service, Self.web], [], prunes: true)
    #expect(pruned.deleted.map(\.kind) == [.deployment, .service, .configMap])
    #expect(pruned.leftBehind.isEmpty && pruned.applied.isEmpty)
    let left = Self.change([Self.settings, service, Self.web], [])
    #expect(left.deleted.isEmpty && left.leftBehind.count == 3)
  }

  @Test func replicasThatAreSilentStayAndThoseThatAreRemovedBecomeOne() throws {
    let silent = Self.web.replacing("  replicas: 2\n", with: "")
    let image = Self.change([silent], [silent.replacing("web:v1", with: "web:v2")])
    #expect(image.resets.isEmpty && !image.file.contains("\"replicas\""))
    let removed = Self.change([Self.web], [silent])
    #expect(removed.resets.map(\.name) == ["web"])
    #expect(removed.file.contains("\"replicas\": 1"))
    // What is applied can be read, and is what head says.
    let applied = ManifestReader.read(files: [("x.yaml", Array(image.file.utf8))])
    #expect(!applied.hasErrors)
    guard case .deployment(let deployment) = try #require(applied.objects.first) else { return }
    #expect(deployment.spec.template.spec.containers.map(\.image) == ["shop/web:v2", "proxy:v1"])
    #expect(!deployment.spec.declaresReplicas)
  }

  @Test func whatMayNotChangeIsRefusedAndLeftOut() {
    let head = Self.web.replacing("{app: web}", with: "{app: other}")
    let change = Self.change([Self.web], [head])
    #expect(change.refused.first?.refusal == "spec.selector: Invalid value: field is immutable")
    #expect(change.applied.isEmpty)
  }

  @Test func valuesOfSecretsAreNotTold() {
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: old}"
    let fields = Self.change([secret], [secret.replacing("old", with: "new")]).objects[0].fields
    #expect(fields.map { $0.words(isSecret: true) } == ["stringData.password changed"])
  }

  @Test func whatNeitherTreeHoldsIsAssumedAndWhatOnlyBaseHoldsIsLost() {
    let base = Self.read(Self.web, Self.settings)
    let references = References(of: Self.read(Self.web).objects, base: base.objects)
    #expect(references.lost.map(\.target.description) == ["configmap/settings"])
    #expect(references.assumed.map(\.target.name) == ["robot", "high"])
    #expect(references.nodeLabels == ["disk=ssd"])
    let robot = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: robot}"
    let whole = References(
      of: Self.read(Self.web, Self.settings, robot).objects, base: base.objects)
    #expect(whole.lost.isEmpty && whole.assumed.map(\.target.name) == ["high"])
  }
}
