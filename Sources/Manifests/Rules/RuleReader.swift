import ClusterAPI
import PromQL
public import YAML

/// Reads rules, with everything that is wrong with them in one go.
public enum RuleReader {
  /// Of the objects that it reads.
  public static let kind = "PrometheusRule"
  public static let apiVersion = "monitoring.coreos.com/v1"

  /// Reads rule files, and the PrometheusRule objects among manifests; other objects are passed over.
  ///
  /// A group with an error is reported and left out.
  ///
  /// - Parameter interval: of groups that say none, in milliseconds
  ///   (`global.evaluation_interval`).
  public static func read(
    files: [(name: String, bytes: [UInt8])], interval: Int64 = 60_000,
    limits: Limits = .standard
  ) -> RuleSet {
    var set = RuleSet()
    for file in files {
      var reader = RuleFileReader(name: file.name, bytes: file.bytes, interval: interval)
      reader.read(limits: limits)
      set.entries += reader.entries
      set.documents += reader.documents
      set.diagnostics += reader.reading.diagnostics.byPlace
    }
    return set
  }
}

/// Reads the rules of one file.
struct RuleFileReader {
  private(set) var reading: Reading
  private(set) var entries: [RuleSet.Entry] = []
  private(set) var documents = 0
  private let bytes: [UInt8]
  private let interval: Int64

  init(name: String, bytes: [UInt8], interval: Int64) {
    reading = Reading(file: name)
    self.bytes = bytes
    self.interval = interval
  }

  mutating func read(limits: Limits) {
    for root in reading.documents(bytes, limits: limits) where !root.isNull { read(root) }
  }

  private mutating func read(_ node: YAMLNode) {
    if case .string(let kind)? = node["kind"]?.resolved {
      if kind == RuleReader.kind {
        readObject(node)
      } else if kind.hasSuffix("List") {
        for item in node["items"]?.sequence ?? [] { read(item) }
      }
      return
    }
    // Prometheus refuses fields that it does not know in its own files.
    reading.isStrict = true
    var file = RuleFields.File()
    reading.read(node, into: &file, by: RuleFields.file)
    add(file.groups, of: nil)
  }

  private mutating func readObject(_ node: YAMLNode) {
    reading.isStrict = false
    var object = RuleFields.Object()
    reading.read(node, into: &object, by: RuleFields.object)
    if let node = node["apiVersion"], node.scalar?.text != RuleReader.apiVersion {
      reading.report(
        .error, at: node, "\(RuleReader.kind) is read of `\(RuleReader.apiVersion)` only")
      return
    }
    let meta = object.meta
    add(object.groups, of: (meta.namespace.isEmpty ? "default" : meta.namespace) + "/" + meta.name)
  }

  private mutating func add(_ groups: [RuleFields.Group], of object: String?) {
    documents += 1
    let path: [Reading.Step] = object == nil ? [] : [.key("spec")]
    var names: Set<String> = []
    for (index, group) in groups.enumerated() {
      guard let node = group.node else { continue }
      let before = reading.errorCount
      var checker = RuleChecker(
        reading: reading, bytes: bytes, path: path + [.key("groups"), .index(index)])
      let name = checker.name(of: group, among: &names)
      let rules = group.rules.enumerated().map { checker.rule($0.element, index: $0.offset) }
      checker.reportDuplicates(rules)
      reading = checker.reading
      // What the tables found counts too: it was reported before.
      guard reading.errorCount == before, !group.hasErrors else { continue }
      entries.append(
        RuleSet.Entry(
          group: RuleGroup(
            name: name, file: object ?? reading.file, interval: group.interval ?? interval,
            limit: group.limit, queryOffset: group.queryOffset,
            rules: rules.compactMap { $0?.rule }),
          location: reading.location(node),
          rules: group.rules.compactMap(\.node).map(reading.location), object: object))
    }
  }
}
