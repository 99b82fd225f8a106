import ClusterAPI
import Foundation
import Manifests
import Testing

@testable import wavetank

/// What is said of each kind of object.
@Suite struct KindTests {
  @Test func everyKindThatIsReadActsOrSaysWhatIsMissing() {
    let kinds = KindCatalog.kinds.map(\.kind)
    for kind in Set(kinds) { #expect(KindSupport(kind) != .notSimulated, "\(kind.name)") }
    for kind in KindSupport.acting { #expect(kinds.contains(kind)) }
    for (kind, _) in KindSupport.effects {
      #expect(kinds.contains(kind) && !KindSupport.acting.contains(kind), "\(kind.name)")
    }
  }

  @Test func thePageOfManifestsSaysTheSame() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/manifests.md")
    let page = try String(contentsOf: file, encoding: .utf8)
    let words = page.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let acting = KindSupport.acting.map(\.name).sorted().joined(separator: ", ")
    #expect(words.contains("do with them: \(acting)."), "docs/manifests.md is stale: \(acting)")
    for (kind, effect) in KindSupport.effects {
      #expect(page.contains("| \(kind.name) | \(effect) |"), "docs/manifests.md is stale")
    }
  }

  private static let manifests =
    Sandbox.web + """

      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: web}
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: web}
      """

  private static let groups = """
    simulated: Deployment 1
    read, but not yet acted on:
      Secret 1: its content changes nothing in a run; compared after a rollback
    not simulated, kept as written without effect on a run: Ingress 1

    """

  @Test func validateListsThreeGroups() throws {
    let result = try Executable.run(["validate", "-"], input: Self.manifests)
    #expect(result.code == 0)
    #expect(result.output.contains("\n" + Self.groups), "\(result.output)")
    let json = try Executable.run(["validate", "-", "--output", "json"], input: Self.manifests)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let idle = try #require(document["notActedOn"] as? [[String: Any]])
    #expect(idle.map { $0["kind"] as? String } == ["Secret"])
    #expect((document["simulated"] as? [String: Any])?["total"] as? Int == 1)
  }

  @Test func rehearseListsTheSameAndIsOneDocument() throws {
    let words = [
      "rehearse", "-f", "-", "--set-image", "web=shop/web:v2", "--seeds", "1", "--no-record",
    ]
    let text = try Executable.run(words, input: Self.manifests)
    #expect(text.output.contains("\n" + Self.groups), "\(text.output)")
    let json = try Executable.run(words + ["--output", "json"], input: Self.manifests)
    #expect(json.code == text.code)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let situations = try #require(document["situations"] as? [[String: Any]])
    #expect(situations.count >= 5)
    for situation in situations {
      let runs = try #require(situation["runs"] as? [[String: Any]])
      #expect(runs.count == 1 && runs[0]["digest"] != nil)
      let passed = runs.allSatisfy { $0["verdict"] as? String == "passed" }
      #expect(situation["survived"] as? Bool == passed)
    }
    let survived = situations.count { $0["survived"] as? Bool == true }
    #expect(document["survived"] as? Int == survived)
    #expect(text.output.contains("survived: \(survived) of \(situations.count) situations"))
  }
}
