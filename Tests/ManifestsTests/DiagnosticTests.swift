import ClusterAPI
import Manifests
import Testing
import YAML

struct DiagnosticTests {
  @Test func aMisspeltKeyNamesTheNearest() {
    let set = read(deployment(spec: "replcias: 3"))
    #expect(
      set.lines == [
        "test.yaml:8:3: warning: spec.replcias: unknown field `replcias`: kept, not simulated; "
          + "did you mean `replicas`?"
      ])
    #expect(set.diagnostics.first?.nearest == "replicas")
    #expect(set.counts.read == 1)
  }

  @Test func allFaultsOfAFileAreListedInOneGo() {
    let set = read(
      deployment(
        spec: "replicas: \"3\"",
        container: "imagePullPolicy: Allways\n        env: [{name: PORT, value: 8080}]",
        pod: "hostNetwork: maybe"))
    #expect(
      set.lines == [
        "test.yaml:8:13: error: spec.replicas: must be an integer, but is the string `3`; "
          + "remove the quotes",
        "test.yaml:13:20: error: spec.template.spec.hostNetwork: must be true or false, "
          + "but is the string `maybe`",
        "test.yaml:17:26: error: spec.template.spec.containers[0].imagePullPolicy: `Allways` is "
          + "none of Always, IfNotPresent, Never; did you mean `Always`?",
        "test.yaml:18:35: error: spec.template.spec.containers[0].env[0].value: must be a string, "
          + "but is the integer `8080`; put it in quotes: \"8080\"",
      ])
    #expect(set.objects.isEmpty)
    #expect(set.counts.rejected == 1)
  }

  @Test func aBadFileLeavesTheOthers() {
    let set = ManifestReader.read(files: [
      ("a.yaml", Array("replicas: {{ .Values.replicas }}: x".utf8)),
      ("b.yaml", Array(deployment().utf8)),
      ("c.yaml", [0x61, 0xFF]),
    ])
    #expect(set.counts.read == 1)
    #expect(set.counts.rejected == 2)
    #expect(set.diagnostics.map(\.location.file) == ["a.yaml", "c.yaml"])
    #expect(set.diagnostics.first?.remedy == "render the template first: `helm template`")
    #expect(set.diagnostics.last?.location.column == 2)
  }

  @Test func limitsRefuseWithAPosition() {
    let nested = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
    let set = read("a: " + nested)
    #expect(set.counts.rejected == 1)
    #expect(set.diagnostics.count == 1)
    let small = ManifestReader.read(
      files: [("big.yaml", Array(deployment().utf8))], limits: Limits(maximumBytes: 16))
    #expect(small.counts.rejected == 1)
  }

  @Test func anUnknownKindIsKeptWhole() throws {
    let set = read("apiVersion: example.io/v1\nkind: Widget\nmetadata: {name: w}\nspec: {a: 1}")
    #expect(set.counts.notSimulated == 1)
    #expect(
      set.lines == [
        "test.yaml:2:7: note: Widget of `example.io/v1` is kept, not simulated"
      ])
    guard case .opaque(let object) = try #require(set.objects.first) else { return }
    #expect(object.kind == Kind("Widget", group: "example.io"))
    #expect(object.document["spec"]?["a"] == .integer(1))
  }

  @Test func aDocumentWithoutKindSaysWhatToWrite() {
    let set = read("apiVersion: v1\nKind: Service")
    #expect(
      set.lines == [
        "test.yaml:1:1: error: the document has no `kind`; write `kind` for `Kind`"
      ])
  }

  @Test func ofTwoObjectsWithOneKeyTheLaterStays() {
    let set = read(deployment() + "\n---\n" + deployment(spec: "replicas: 5"))
    #expect(set.entries.count == 1)
    #expect(set.counts.read == 2)
    #expect(set.diagnostics.map(\.severity) == [.warning])
    guard case .deployment(let object) = set.objects.first else { return }
    #expect(object.spec.replicas == 5)
  }

  @Test func elementsOfAListAreRead() {
    let set = read(
      """
      apiVersion: v1
      kind: List
      metadata: {resourceVersion: ""}
      items:
      - {apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80}]}}
      - {apiVersion: v1, kind: Service, metadata: {name: b}, spec: {ports: [{port: 80}]}}
      """)
    #expect(set.objects.map(\.key.description) == ["service/a", "service/b"])
  }
}
