import ClusterAPI
import Control
public import YAML

/// Reads configuration of prometheus-adapter, with everything that is wrong with it in one go.
public enum AdapterReader {
  /// Reads configuration files (`--config`), values of the Helm chart, and ConfigMaps.
  ///
  /// A rule with an error is reported and left out.
  public static func read(
    files: [(name: String, bytes: [UInt8])], limits: Limits = .standard
  ) -> AdapterSet {
    read(files, limits, isOfManifests: false)
  }

  /// Reads the configuration in ConfigMaps among manifests, under their key `config.yaml`; all else is
  /// passed over.
  public static func read(
    manifests: [(name: String, bytes: [UInt8])], limits: Limits = .standard
  ) -> AdapterSet {
    read(manifests, limits, isOfManifests: true)
  }

  private static func read(
    _ files: [(name: String, bytes: [UInt8])], _ limits: Limits, isOfManifests: Bool
  ) -> AdapterSet {
    var set = AdapterSet()
    for file in files {
      var reader = AdapterFileReader(name: file.name, bytes: file.bytes, limits: limits)
      reader.read(isOfManifests: isOfManifests)
      set.entries += reader.entries
      set.diagnostics += reader.reading.diagnostics.byPlace
    }
    return set
  }
}

/// Reads the configuration in one file.
struct AdapterFileReader {
  static let key = "config.yaml"

  private(set) var reading: Reading
  private(set) var entries: [AdapterSet.Entry] = []
  private let bytes: [UInt8]
  private let limits: Limits
  /// Whether it is not YAML as the adapter reads it.
  private var isBroken = false

  init(name: String, bytes: [UInt8], limits: Limits) {
    reading = Reading(file: name)
    self.bytes = bytes
    self.limits = limits
  }

  mutating func read(isOfManifests: Bool) {
    let roots = reading.documents(bytes, limits: limits)
    if isOfManifests {
      // What is wrong with manifests is reported by who reads the objects.
      reading.diagnostics = []
    } else {
      isBroken = !reading.diagnostics.isEmpty
    }
    for root in roots where !root.isNull { read(root, isOfManifests: isOfManifests) }
  }

  private mutating func read(_ node: YAMLNode, isOfManifests: Bool) {
    if case .string(let kind)? = node["kind"]?.resolved {
      if kind == "ConfigMap" {
        readObject(node)
      } else if kind.hasSuffix("List") {
        for item in node["items"]?.sequence ?? [] { read(item, isOfManifests: true) }
      }
    } else if isOfManifests {
      return
    } else if let values = node["rules"] ?? node["prometheus-adapter"]?["rules"],
      values.mapping != nil
    {
      readValues(values)
    } else {
      readFile(node)
    }
  }

  private mutating func readFile(_ node: YAMLNode) {
    var checker = AdapterChecker(reading: reading, bytes: bytes)
    let (rules, isAccepted) = checker.file(node)
    reading = checker.reading
    entries.append(
      .init(rules: rules, isAccepted: isAccepted, location: reading.location(node)))
  }

  private mutating func readValues(_ node: YAMLNode) {
    var checker = AdapterChecker(reading: reading, bytes: bytes)
    let found = checker.values(node)
    reading = checker.reading
    guard let found else { return }
    entries.append(
      .init(rules: found.rules, isAccepted: found.isAccepted, location: reading.location(node)))
  }

  /// The text of a ConfigMap is a file of its own, whose places are found again in this one.
  private mutating func readObject(_ object: YAMLNode) {
    guard let node = object["data"]?[AdapterFileReader.key], let scalar = node.scalar,
      AdapterFileReader.isConfiguration(scalar.text)
    else { return }
    let text = EmbeddedText(node: node, bytes: bytes)
    var inner = AdapterFileReader(
      name: reading.file, bytes: Array(scalar.text.utf8), limits: limits)
    inner.read(isOfManifests: false)
    var found = inner.reading.diagnostics
    for index in found.indices {
      (found[index].location.line, found[index].location.column) = text.place(
        line: found[index].location.line, column: found[index].location.column)
      let path = "data.\(AdapterFileReader.key)"
      found[index].path = path + (found[index].path.isEmpty ? "" : ".\(found[index].path)")
    }
    reading.diagnostics += found
    let meta = object["metadata"]
    let name = meta?["name"]?.scalar?.text ?? ""
    let namespace = meta?["namespace"]?.scalar?.text ?? "default"
    var rules = AdapterRules()
    for entry in inner.entries {
      rules.rules += entry.rules.rules
      rules.externalRules += entry.rules.externalRules
    }
    entries.append(
      .init(
        rules: rules, isAccepted: !inner.isBroken && inner.entries.allSatisfy(\.isAccepted),
        location: reading.location(object), object: "\(namespace)/\(name)"))
  }

  /// Other programs have a `config.yaml` too.
  private static func isConfiguration(_ text: String) -> Bool {
    guard text.contains("seriesQuery") || text.contains("resourceRules") else { return false }
    guard let documents = try? parse(bytes: Array(text.utf8)) else { return true }
    return documents.contains { document in
      ["rules", "externalRules", "resourceRules"].contains { document.root?[$0] != nil }
    }
  }
}
