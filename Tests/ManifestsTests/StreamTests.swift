import ClusterAPI
import Manifests
import Testing

/// What `helm template` and editors write into a stream.
struct StreamTests {
  private let service =
    "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n"

  @Test func documentsWithoutContentAreCounted() {
    let set = read(
      """
      # Source: shop/templates/empty.yaml
      ---
      # Source: shop/templates/service.yaml
      \(service)---
      # only a comment
      ---
      null
      ---
      ~
      ---
      ---

      """)
    #expect(set.lines == [])
    #expect(set.objects.map(\.key.description) == ["service/a"])
    #expect(set.entries.first?.template == "shop/templates/service.yaml")
    #expect(set.counts.documents == set.counts.empty + 1)
    #expect(set.counts.empty >= 4)
  }

  @Test func nothingAtAllIsNoError() {
    for text in ["", "\n", "---", "# nothing", "---\n...\n", "\u{FEFF}"] {
      let set = read(text)
      #expect(set.lines == [], "\(text)")
      #expect(set.counts.read == 0)
    }
  }

  @Test func windowsLineEndsAndAByteOrderMarkAreRead() {
    let text =
      "\u{FEFF}---\r\n"
      + (service + "---\n" + service.replacing("name: a", with: "name: b"))
      .replacing("\n", with: "\r\n") + "---\r\n# end\r\n"
    let set = read(text)
    #expect(set.lines == [])
    #expect(set.objects.map(\.key.description) == ["service/a", "service/b"])
    #expect(set.entries.map(\.location.line) == [2, 7])
    #expect(set.entries.map(\.location.column) == [1, 1])
  }

  @Test func jsonIsRead() {
    let set = read(
      """
      {"apiVersion": "v1", "kind": "List", "items": [
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"},
         "spec": {"ports": [{"port": 80}]}}]}
      """)
    #expect(set.lines == [])
    #expect(set.counts.lists == 1)
    #expect(set.objects.map(\.key.description) == ["service/a"])
  }

  @Test func listsOfTypesAreReadToo() {
    let set = read(
      """
      apiVersion: v1
      kind: ServiceList
      items:
      - {apiVersion: v1, kind: Service, metadata: {name: a}, spec: {clusterIP: None}}
      """)
    #expect(set.objects.map(\.key.description) == ["service/a"])
  }

  @Test func templatesAndOtherToolsAreNamed() {
    #expect(
      read("{{- if .Values.web }}\nkind: Service\n{{- end }}").diagnostics.first?.remedy
        == "render the template first: `helm template`")
    #expect(
      read("resources: [a.yaml]").diagnostics.first?.remedy
        == "build it first: `kubectl kustomize`")
    #expect(
      read("apiVersion: v2\nname: shop\nversion: 1.0.0").diagnostics.first?.remedy
        == "render the chart: `helm template`")
  }

  @Test func misspeltKindsAndVersionsNameTheNearest() {
    let head = "metadata: {name: a}\n"
    #expect(
      read("apiVersion: apps/v1\nkind: Deploymnet\n" + head).lines == [
        "test.yaml:2:7: warning: unknown kind `Deploymnet` of `apps/v1`: it is kept, "
          + "not simulated; did you mean `Deployment`?"
      ])
    #expect(
      read("apiVersion: apps/v2\nkind: Deployment\n" + head).lines == [
        "test.yaml:1:13: warning: Deployment has no version `apps/v2`: it is kept, not "
          + "simulated; it is simulated as `apps/v1`"
      ])
    #expect(
      read("apiVersion: v1\nkind: PersistentVolume\n" + head).diagnostics.map(\.severity)
        == [.note])
  }

  @Test func emptyFieldsSayNothing() throws {
    let set = read(
      service.replacing("{name: a}", with: "{name: a, creationTimestamp: null}")
        + "status: {}")
    #expect(set.lines == [])
    #expect(set.counts.reportedKeys == 0)
    guard case .service(let object) = try #require(set.objects.first) else { return }
    #expect(object.unmodelled == [UnmodelledField(path: "status", value: .object([]))])
  }

  @Test func aKeyWrittenTwiceIsReportedWithBothPlaces() {
    let set = read(service + "kind: Service")
    #expect(set.diagnostics.map(\.severity) == [.warning])
    #expect(set.lines.first?.contains("test.yaml:5:1") == true)
    #expect(set.lines.first?.contains("already set at 2:1") == true)
  }
}
