import ClusterAPI
import Control
import Foundation
import PromQL
import Testing
import YAML

@testable import Manifests

/// Queries that the real controllers asked, compared with those that come of the same manifests.
@Suite(.enabled(if: DeliveryRecordings.isPresent))
struct DeliveryRecordingTests {
  private func queries(of canary: CanaryAnalysis) throws -> [String] {
    var canary = canary
    // As the recordings write the namespace.
    canary.canary.namespace = "NS"
    var queries: [String] = []
    for check in canary.checks {
      guard case .query(let text) = check.source else { continue }
      queries.append(try QueryTemplate(text).expanded(canary.values(for: check)))
    }
    return queries
  }

  @Test func theQueriesOfFlaggerAreTheSame() throws {
    var compared = 0
    for recording in try DeliveryRecordings.all(family: "k") {
      let set = AnalysisReader.read(files: [(recording.name, recording.manifests)])
      #expect(!set.hasErrors, "\(set.diagnostics)")
      #expect(set.canaries.count >= 1, "\(recording.name)")
      for canary in set.canaries where canary.canary.name == "web" {
        for query in try queries(of: canary) where !recording.queries.isEmpty {
          #expect(recording.queries.contains(query), "\(recording.name)")
          compared += 1
        }
      }
    }
    #expect(compared == 6)
  }

  @Test func theQueriesOfArgoRolloutsAreTheSame() throws {
    var compared = 0
    for recording in try DeliveryRecordings.all(family: "l") {
      let set = AnalysisReader.read(files: [(recording.name, recording.manifests)])
      #expect(!set.hasErrors, "\(set.diagnostics)")
      for metric in set.templates.flatMap(\.metrics) {
        for text in [metric.successCondition, metric.failureCondition].compactMap({ $0 }) {
          let arguments = [AnalysisVariable("limit", "5")]
          _ = try AnalysisCondition(ArgumentText.filled(text, arguments))
        }
        guard try ArgumentText.places(in: metric.query).isEmpty, !recording.queries.isEmpty else {
          continue
        }
        #expect(recording.queries.contains(metric.query), "\(recording.name)")
        compared += 1
      }
    }
    #expect(compared == 37)
  }
}

enum DeliveryRecordings {
  struct Recording {
    var name: String
    /// As one file.
    var manifests: [UInt8]
    /// Those that were asked of Prometheus.
    var queries: Set<String>
  }

  static let folder = URL(fileURLWithPath: Corpus.folder)
    .appending(path: "../../delivery-recordings").standardizedFileURL.path

  static let isPresent: Bool = {
    let isPresent = FileManager.default.fileExists(atPath: folder)
    if !isPresent {
      FileHandle.standardError.write(
        Data("NOT CHECKED: \(folder) is absent; set SHARED_DIR to check against it\n".utf8))
    }
    return isPresent
  }()

  /// Those that hold documents of analyses.
  static func all(family: String) throws -> [Recording] {
    var recordings: [Recording] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    where name.hasPrefix(family + "-") && name.hasSuffix(".json") {
      let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
      let file = try #require(
        try JSONSerialization.jsonObject(with: data) as? [String: Any], "\(name)")
      let documents = try #require(file["manifests"] as? [[String: Any]])
      let kinds = documents.compactMap { $0["kind"] as? String }
      guard kinds.contains(where: { ["Canary", "AnalysisTemplate"].contains($0) }) else { continue }
      var manifests: [UInt8] = []
      for document in documents {
        manifests += try JSONSerialization.data(withJSONObject: document) + "\n---\n".utf8
      }
      let timeline = try #require(file["timeline"] as? [[String: Any]])
      recordings.append(
        Recording(
          name: name, manifests: manifests,
          queries: Set(timeline.compactMap { $0["query"] as? String })))
    }
    return recordings
  }
}
