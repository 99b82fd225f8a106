import Chaos
import ClusterAPI
import Harness
import Manifests
import Testing
import World

/// Changes of workloads that are no Deployments, as a scenario writes them.
@Suite struct WorkloadChangeTests {
  private static let manifests = """
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: db}
    spec:
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec: {containers: [{name: db, image: "db:v1"}]}
    ---
    apiVersion: batch/v1
    kind: Job
    metadata: {name: migrate}
    spec:
      template:
        spec: {restartPolicy: Never, containers: [{name: main, image: "migrate:v1"}]}
    """

  private func read(_ change: String) -> ScenarioReader.Result {
    let text =
      Scenarios.head(manifests: "db.yaml") + "  change: {at: 1m, \(change)}\n"
      + "  expect: {atEnd: [{statefulSet: db, ready: 1}]}\n"
    return Scenarios.read(text: text, files: [("db.yaml", Self.manifests)])
  }

  private let db = ObjectKey(.statefulSet, namespace: "default", name: "db")

  @Test func verbsTakeTheKindsThatTheyAreFor() {
    let written: [(String, Change)] = [
      ("setImage: {statefulSet: db, image: x}", .setImage(db, container: nil, image: "x")),
      ("scale: {statefulSet: db, replicas: 2}", .scale(db, replicas: 2)),
      ("restart: {statefulSet: db}", .restart(db)),
      ("delete: {statefulSet: db}", .delete(db)),
      (
        "delete: {job: migrate}",
        .delete(ObjectKey(.job, namespace: "default", name: "migrate"))
      ),
    ]
    for (text, change) in written {
      let result = read(text)
      #expect(result.diagnostics.isEmpty, "\(text): \(result.diagnostics.map(\.message))")
      #expect(result.scenario?.changes.flatMap(\.changes) == [change])
    }
  }

  @Test func faultsHitPodsOfAllWorkloads() {
    func read(_ fault: String) -> ScenarioReader.Result {
      let text =
        Scenarios.head(manifests: "db.yaml") + "  faults: [{at: 1m, kind: podDelete\(fault)}]\n"
        + "  expect: {atEnd: [{statefulSet: db, ready: 1}]}\n"
      return Scenarios.read(text: text, files: [("db.yaml", Self.manifests)])
    }
    let written = read(", statefulSet: db, count: 2")
    #expect(written.diagnostics.isEmpty)
    let begin = written.scenario?.faults.first.map { PodDelete($0.values).begin }
    #expect(begin == [.deletePods(workload: db, count: 2)])
    #expect(
      read("").diagnostics.map(\.message).contains { $0.hasSuffix("whose pods are meant") })
    #expect(
      read(", job: m").diagnostics.map(\.message).contains("the manifests have no job/m"))
  }

  @Test(arguments: [
    ("setImage: {image: x}", "does not say what is meant"),
    ("setImage: {statefulSet: dd, image: x}", "the manifests have no statefulset/dd"),
    ("setImage: {statefulSet: db, container: web, image: x}", "has no container `web`"),
    ("scale: {job: migrate, replicas: 2}", "unknown field"),
    ("delete: {job: m}", "the manifests have no job/m"),
    ("undo: {statefulSet: db}", "there is no revision of statefulset/db to go back to"),
  ])
  func whatMeansNothingIsRefused(change: String, message: String) {
    let found = read(change).diagnostics.filter { $0.severity == .error }.map(\.message)
    #expect(found.contains { $0.contains(message) }, "\(change): \(found)")
  }
}
