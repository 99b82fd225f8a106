import Arguments
import ClusterAPI
import Foundation
import Harness
import Manifests
import Testing

@testable import wavetank

/// What `--set-image` takes.
@Suite struct ImageChangeTests {
  private static func deployment(
    _ name: String, namespace: String = "default", _ containers: [(String, String)]
  ) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: \(name), namespace: \(namespace)}
    spec:
      selector: {matchLabels: {app: \(name)}}
      template:
        metadata: {labels: {app: \(name)}}
        spec:
          containers: [\(containers.map { "{name: \($0.0), image: \"\($0.1)\"}" }.joined(separator: ", "))]
    ---

    """
  }

  private static let manifests =
    deployment("web", [("app", "shop/web:v1")])
    + deployment("api", namespace: "one", [("server", "shop/api:v1"), ("proxy", "envoy:v1")])
    + deployment("api", namespace: "two", [("server", "shop/api:v1")])
    + deployment("mixed", [("a", "x/a:1"), ("b", "localhost:5000/b@sha256:00")])

  private static let deployments = ManifestReader.read(
    files: [(name: "a.yaml", bytes: Array(manifests.utf8))]
  ).objects.compactMap { object -> Deployment? in
    if case .deployment(let deployment) = object { deployment } else { nil }
  }

  @Test(arguments: [
    ("web=shop/web:v2", "default/web -"), ("web:app=shop/web:v2", "default/web app"),
    ("default/web=shop/web:v2", "default/web -"), ("deployment/web=x", "default/web -"),
    ("deploy/web:app=x", "default/web app"), ("one/api:proxy=envoy:v2", "one/api proxy"),
    ("two/api=x", "two/api -"), ("app=shop/web:v2", "default/web app"),
    ("mixed=x/a:2", "default/mixed a"), ("mixed=localhost:5000/b:2", "default/mixed b"),
    ("one/api=shop/api@sha256:ff", "one/api server"),
  ])
  func namesAreFound(word: String, found: String) throws {
    let (image, deployment) = try ImageChange(word).resolve(Self.deployments)
    let key = image.deployment
    #expect("\(key.namespace)/\(key.name) \(image.container ?? "-")" == found)
    #expect(deployment.meta.name == key.name)
    #expect(image.image == word.split(separator: "=", maxSplits: 1)[1])
  }

  @Test(arguments: [
    ("api=x", ["one/api=x", "two/api=x"]), ("server=x", ["one/api:server=x", "two/api:server=x"]),
    ("mixed=c:1", ["mixed:a=c:1 (now x/a:1)", "mixed:b=c:1"]),
  ])
  func whatMayBeSeveralThingsIsNotGuessed(word: String, choices: [String]) throws {
    let change = try ImageChange(word)
    #expect {
      try change.resolve(Self.deployments)
    } throws: { error in
      guard case .ambiguous(let message)? = error as? ImageChange.Problem else { return false }
      return choices.allSatisfy { message.contains("--set-image " + $0) }
    }
  }

  @Test(arguments: [
    "web", "=x", "web=", "a/b/c=x", "web:=x", ":a=x", "web:a:b=x", "we b=x", "/web=x",
  ])
  func otherShapesAreRefused(word: String) {
    #expect(throws: ValidationError.self) { try ImageChange(word) }
  }

  @Test(arguments: [
    ("wbe=x", "no Deployment `wbe` in the manifests; did you mean `web`?"),
    ("nothing=x", "known are web, api, mixed"),
    ("default/wbe=x", "did you mean `default/web`?"),
    ("web:ap=x", "deployment/web has no container `ap`; did you mean `app`?"),
  ])
  func unknownNamesNameTheNearest(word: String, sentence: String) throws {
    let result = try Executable.run(
      ["rehearse", "-f", "-", "--no-record", "--set-image", word], input: Self.manifests)
    #expect(result.code == 2)
    #expect(result.errors.contains(sentence), "\(result.errors)")
    #expect(!result.errors.contains("Usage"))
  }

  @Test func withoutDeploymentsNoEmptyListIsNamed() throws {
    let result = try Executable.run(
      ["rehearse", "-f", "-", "--no-record", "--set-image", "web=x"],
      input: "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n")
    #expect(result.code == 2)
    #expect(result.errors.contains("there is no Deployment in them"), "\(result.errors)")
    #expect(!result.errors.contains("known are"))
  }
}
