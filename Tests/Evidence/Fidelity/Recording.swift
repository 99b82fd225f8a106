public import Foundation

/// One recording of a real control plane: what was given to it, and what came of it.
public struct Recording: Sendable {
  public var name: String
  /// The first letter of its name.
  public var family: String
  public var duration: Double
  public var manifests: [JSON]
  public var nodes: [JSON]
  public var script: [JSON]
  public var load: JSON?
  public var timeline: [JSON]
  public var specs: [State]
  /// The specs of the second run, where it was recorded and differed.
  public var specs2: [State]
  public var settled: [State]
  public var steps: [JSON]
  public var final: JSON
  /// The median delay, in seconds, between a binding and the report of a container that runs at once:
  /// how slow the machine was at the time.
  public var lag: Double?
  /// Whether two runs of it gave the same sequence of settled states; nil: it ran once.
  public var isRepeatable: Bool?

  /// A set of counts at a moment, in seconds since the start.
  public struct State: Hashable, Sendable {
    public var at: Double
    public var counts: [String: Int64]

    public init(at: Double, counts: [String: Int64]) {
      self.at = at
      self.counts = counts
    }
  }

  public init(contentsOf url: URL) throws {
    let tree = try JSON(parsing: Data(contentsOf: url))
    let meta = try tree.require("meta")
    name = url.deletingPathExtension().lastPathComponent
    family = try meta.string("family")
    duration = try meta.number("duration")
    manifests = try tree.elements("manifests")
    nodes = try tree.elements("nodes")
    script = try tree.elements("script")
    load = tree["load"]
    timeline = try tree.elements("timeline")
    specs = try Recording.states(tree, "specs")
    specs2 = try Recording.states(tree, "specs2")
    settled = try Recording.states(tree, "settled")
    steps = try tree.elements("steps")
    final = try tree.require("final")
    lag = meta["lag"]?["median"]?.number
    isRepeatable = meta["repeat"]?["settledIdentical"]?.bool
  }

  private static func states(_ tree: JSON, _ key: String) throws -> [State] {
    try tree.elements(key).map { entry in
      guard let pair = entry.array, pair.count == 2, let at = pair[0].number,
        let counts = pair[1].object
      else { throw EvidenceError("an entry of \"\(key)\" is no pair of time and counts") }
      return State(at: at, counts: counts.compactMapValues(\.int))
    }
  }

  /// The recordings of a folder, by name.
  ///
  /// - Throws: `EvidenceError` when the folder is absent or holds none.
  public static func all(in folder: URL) throws -> [Recording] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let files = names.filter { $0.hasSuffix(".json") }.sorted()
    if files.isEmpty { throw EvidenceError("no recordings (*.json) in \(folder.path)") }
    return try files.map { file in
      do {
        return try Recording(contentsOf: folder.appending(path: file))
      } catch let error as EvidenceError {
        throw EvidenceError("\(file): \(error.description)")
      }
    }
  }

  /// FNV-1a of the name: even ones are fitted to, odd ones validate.
  public var isForFitting: Bool {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash % 2 == 0
  }
}

extension [Recording.State] {
  /// The last state of every burst: of changes less than 0.7 s apart.
  public var settled: [Recording.State] {
    indices.filter { $0 == endIndex - 1 || self[$0 + 1].at - self[$0].at >= 0.7 }.map { self[$0] }
  }
}
