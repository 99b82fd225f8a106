import ClusterAPI
import Foundation
import Manifests
import Testing
import Units
import World

@testable import Harness

/// `wavetank.yaml`, and hints in the manifests themselves.
@Suite struct RehearsalSettingsTests {
  private func read(_ text: String) -> RehearsalSettings.Result {
    RehearsalSettings.read(name: "wavetank.yaml", bytes: Array(text.utf8))
  }

  private static let head = "apiVersion: wavetank.dev/v1\nkind: Rehearsal\n"

  private static let web = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {wavetank.dev/rate: "120"}}
    spec:
      replicas: 2
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
          - name: web
            image: registry.example:5000/shop/web:v1
            readinessProbe: {httpGet: {path: /, port: 80}, initialDelaySeconds: 20}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80}]}

    """

  private func objects(_ text: String = web) -> [ClusterObject] {
    ManifestReader.read(files: [("web.yaml", Array(text.utf8))]).objects
  }

  private func workload(_ objects: [ClusterObject]) throws -> RehearsedWorkload {
    try #require(objects.lazy.compactMap { RehearsedWorkload($0) }.first)
  }

  @Test(arguments: [
    ("load: []\nload: []\n", "wavetank.yaml:4:1: error: "), ("load: [\n", "wavetank.yaml:"),
    ("---\n{}\n", "wavetank.yaml:1:1: error: the file holds 2 documents; write one document"),
  ])
  func aFileThatIsNoDocumentIsRefused(rest: String, message: String) {
    let result = read(Self.head + rest)
    #expect(result.settings == nil)
    #expect(
      result.diagnostics.contains { $0.description.hasPrefix(message) },
      "\(result.diagnostics.map(\.description))")
  }

  @Test func whatIsSaidIsRead() throws {
    let result = read(
      Self.head + """
        images: [{match: "shop/web:*", startup: 20s}]
        load: [{service: web, rate: 200}]
        accept:
        - {id: drain-blocked, object: deployment/web, reason: one pod is enough}
        - {id: cpu-throttled, reason: on purpose}

        """)
    let settings = try #require(result.settings, "\(result.diagnostics)")
    #expect(settings.images.map(\.match) == ["shop/web:*"])
    #expect(
      settings.rate([ObjectKey(.service, namespace: "default", name: "web")]) == 200)
    #expect(settings.rate([ObjectKey(.service, namespace: "shop", name: "web")]) == nil)
    #expect(
      settings.acceptance(of: "drain-blocked", object: "deployment/web") == "one pod is enough")
    #expect(settings.acceptance(of: "drain-blocked", object: "deployment/api") == nil)
    #expect(settings.acceptance(of: "cpu-throttled", object: "deployment/api") == "on purpose")
  }

  @Test(arguments: [
    ("accept: [{id: drain-blockd, reason: x}]", "drain-blocked"),
    ("accept: [{id: drain-blocked}]", "reason"),
    ("imags: []", "images"),
    ("load: [{service: web, rate: many}]", "rate"),
    ("images: [", "wavetank.yaml"),
  ])
  func whatIsWrongHasAPlace(text: String, word: String) throws {
    let result = read(Self.head + text + "\n")
    #expect(result.settings == nil)
    let first = try #require(result.diagnostics.first { $0.severity == .error })
    #expect(first.location.line >= 3 && first.description.contains(word), "\(first)")
  }

  @Test func manifestsGiveHints() throws {
    let hints = WorkloadHints(try workload(objects()).object)
    #expect(hints.rate == 120)
    #expect(hints.startup == .seconds(20))
    #expect(hints.sources.count == 2)
    // What is said beside them counts more, and what the command line says most.
    var settings = RehearsalSettings()
    settings.loads = [.init(service: "web", namespace: "default", rate: 33)]
    let assumed = Assumptions(
      objects(), try workload(objects()), rate: nil, startup: .seconds(3), serviceTime: nil,
      settings: settings)
    #expect(assumed.rate == 33 && assumed.startup == .seconds(3))
  }

  /// What `wavetank init` writes says what would be assumed without it.
  @Test func theWrittenFileIsReadAndChangesNothing() throws {
    let text = InitialSettings.text(objects())
    let settings = try #require(read(text).settings, "\(read(text).diagnostics)\n\(text)")
    #expect(settings.images.map(\.match) == ["registry.example:5000/shop/web*"])
    let without = Assumptions(
      objects(), try workload(objects()), rate: nil, startup: nil, serviceTime: nil)
    let with = Assumptions(
      objects(), try workload(objects()), rate: nil, startup: nil, serviceTime: nil,
      settings: settings)
    #expect(with.rate == without.rate && with.rate == 120)
    #expect(settings.nodePools.first?.count == without.nodes)
    #expect(settings.accepted.isEmpty)
  }

  /// The page that is shipped is the one of the table.
  @Test func thePageIsUpToDate() {
    let page = FileManager.default.contents(atPath: Scenarios.root + "/docs/settings.md")
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(
      page == RehearsalSettingsSchema.reference,
      "run `wavetank schema --of settings --output markdown > docs/settings.md`")
  }

  @Test func nothingFailsByAnAssumptionAlone() {
    let tight = Self.web.replacing(
      "readinessProbe: {httpGet: {path: /, port: 80}, initialDelaySeconds: 20}",
      with:
        "resources: {limits: {memory: 32Mi}}\n        "
        + "livenessProbe: {tcpSocket: {port: 80}, periodSeconds: 1, failureThreshold: 3}")
    let modest = ModestProgram(objects(tight))
    #expect(modest.startup == .seconds(1) && modest.memory == .mebi(16))
    let usual = ModestProgram(objects())
    #expect(usual.startup == .seconds(5) && usual.memory == .mebi(64))
  }
}
