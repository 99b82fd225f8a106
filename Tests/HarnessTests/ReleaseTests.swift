import ClusterAPI
import Evidence
import Foundation
import Manifests
import Recording
import Testing

@testable import Harness

/// Real changes of manifests (`RELEASES_DIR`, else `../shared/releases`): before and after.
@Suite struct ReleaseTests {
  static let folder = Places.outside("RELEASES_DIR", default: "../shared/releases")

  static let isPresent: Bool = {
    let isPresent = FileManager.default.fileExists(atPath: folder.path)
    if !isPresent {
      FileHandle.standardError.write(
        Data("NOT CHECKED: \(folder.path) is absent; set RELEASES_DIR\n".utf8))
    }
    return isPresent
  }()

  static let pairs: [String] =
    isPresent
    ? ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
      .filter { FileManager.default.fileExists(atPath: "\(folder.path)/\($0)/about.json") }
    : []

  private struct About: Decodable {
    struct Change: Decodable { var object: String }
    var changed: [Change]
  }

  private static func read(_ pair: String, _ side: String) throws -> ManifestSet {
    ManifestReader.read(files: try ManifestFiles.load(at: "\(folder.path)/\(pair)/\(side)"))
  }

  @Test(.enabled(if: isPresent)) func everyChangeThatIsKnownIsFound() throws {
    #expect(Self.pairs.count > 50)
    var known = 0
    for pair in Self.pairs {
      let (base, head) = (try Self.read(pair, "base"), try Self.read(pair, "head"))
      let change = TreeChange(from: base, to: head, prunes: false)
      let objects = Set(change.objects.map { "\($0.key.kind.name)/\($0.key.name)" })
      let about = try JSONDecoder().decode(
        About.self, from: Data(contentsOf: Self.folder.appending(path: "\(pair)/about.json")))
      for name in Set(about.changed.map(\.object)) {
        known += 1
        #expect(objects.contains(name), "\(pair): \(name)")
      }
      // What is refused is refused again.
      if head.hasErrors { continue }
      #expect(TreeChange(from: head, to: head, prunes: true).isEmpty, "\(pair)")
    }
    #expect(known > 200, "\(known)")
  }

  /// What is applied is what head holds.
  @Test(.enabled(if: isPresent)) func whatIsAppliedReadsAsHead() throws {
    for pair in Self.pairs {
      let head = try Self.read(pair, "head")
      let change = TreeChange(from: try Self.read(pair, "base"), to: head, prunes: false)
      if change.applied.isEmpty { continue }
      let again = ManifestReader.read(files: [("change.yaml", Array(change.file.utf8))])
      #expect(!again.hasErrors, "\(pair): \(again.diagnostics.filter { $0.severity == .error })")
      let wanted = change.applied.filter { object in
        // These are written with a number of pods that head does not say.
        !change.resets.contains(object.key)
      }.map(\.key)
      for key in wanted {
        let one = again.objects.first { $0.key == key }
        #expect(one?.podTemplate == head.objects.first { $0.key == key }?.podTemplate, "\(pair)")
      }
    }
  }

  private static let sample = [
    "argo-cd-fix-repo-server-liveness-timeout-f059d8b", "argo-cd-brings-dex-required-key-2f810b3",
  ]

  /// A whole rehearsal of the change, as far as it can be run.
  @Test(.enabled(if: isPresent), arguments: sample) func aRealChangeIsRehearsed(pair: String) throws
  {
    let files = try ManifestFiles.load(at: "\(Self.folder.path)/\(pair)/base")
    let base = ManifestReader.read(files: files)
    let change = TreeChange(from: base, to: try Self.read(pair, "head"), prunes: false)
    let key = try #require(change.objects.first { $0.isRollout }?.key)
    let workload = try #require(
      base.objects.first { $0.key == key }.flatMap { RehearsedWorkload($0) })
    let rehearsal = Rehearsal(
      manifests: files, workload: workload, change: .apply(change, for: key),
      assumptions: Assumptions(
        base.objects, workload, rate: 10, startup: nil, serviceTime: nil), seeds: 1)
    #expect(rehearsal.diagnostics.isEmpty && rehearsal.obstacle == nil)
    let healthy = try #require(rehearsal.scenarios.first { $0.name == "healthy-change" })
    let runs = Suite.run([healthy], jobs: 1) { _ in }
    #expect(runs.count == 1 && runs[0].requests > 0)
  }
}
