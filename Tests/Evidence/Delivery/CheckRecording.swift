public import Control
import Foundation
import Manifests
public import ClusterAPI

/// What a real Flagger asked in one recording, in order, what it was answered and how many checks failed.
///
/// From `delivery-recordings`: the families `k-*` with one Canary, without restarts of the controller and
/// without `k-hook-timeout`, whose failed check is a webhook's. What a dropped connection made the client
/// send again at once stands there once.
public struct CheckRecording: Sendable {
  public var name: String
  public var canary: CanaryAnalysis
  /// Blanks collapsed.
  public var queries: [(text: String, answer: MeasuredResult?)]
  public var failedChecks: Int

  /// The committed selection.
  public static func all() throws -> [CheckRecording] {
    let file = Places.packageRoot.appending(path: "Tests/Fixtures/delivery/canary-checks.json")
    return try JSON(parsing: try Data(contentsOf: file)).array.map {
      try $0.map { try CheckRecording($0) }
    } ?? []
  }

  private init(_ json: JSON) throws {
    name = try json.string("recording")
    failedChecks = Int(try json.int("failedChecks"))
    let documents = try json.elements("templates") + [json.require("canary")]
    let files = documents.enumerated().map { index, document in
      ("\(index)", Array(CheckRecording.named(document).description.utf8))
    }
    let set = AnalysisReader.read(files: files)
    guard let canary = set.canaries.first else {
      throw EvidenceError("\(name): \(set.diagnostics.map(\.message))")
    }
    self.canary = canary
    queries = try json.elements("queries").map {
      (try $0.string("query"), ScriptedAnswer.result(try $0.require("answer")))
    }
  }

  /// The recordings write NS for their namespace.
  private static func named(_ document: JSON) -> JSON {
    guard case .object(var members) = document, case .object(var meta)? = members["metadata"] else {
      return document
    }
    meta["namespace"] = "NS"
    members["metadata"] = .object(meta)
    return .object(members)
  }
}
