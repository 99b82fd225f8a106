import ClusterAPI
import Control
import YAML

/// Makes rules of what was written, with what prometheus-adapter has to say about them.
struct AdapterChecker {
  private(set) var reading: Reading
  private let bytes: [UInt8]
  private var isAccepted = true

  init(reading: Reading, bytes: [UInt8]) {
    self.reading = reading
    self.bytes = bytes
  }

  /// A configuration file.
  mutating func file(_ node: YAMLNode) -> (rules: AdapterRules, isAccepted: Bool) {
    let before = reading.errorCount
    reading.isStrict = true
    var file = AdapterFields.File()
    reading.read(node, into: &file, by: AdapterFields.file)
    isAccepted = reading.errorCount == before
    if let node = file.resourceRules { note(node, ["resourceRules"]) }
    let rules = AdapterRules(
      rules: rules(file.rules, ["rules"]),
      externalRules: rules(file.externalRules, ["externalRules"]))
    return (rules, isAccepted)
  }

  /// `rules` of the Helm chart's values; nil where they name a ConfigMap.
  mutating func values(_ node: YAMLNode) -> (rules: AdapterRules, isAccepted: Bool)? {
    let before = reading.errorCount
    var values = AdapterFields.Values()
    reading.isStrict = false
    reading.at(.key("rules")) { $0.read(node, into: &values, by: AdapterFields.values) }
    isAccepted = reading.errorCount == before
    if let node = values.existing {
      report(
        .warning, node, ["rules", "existing"],
        "the rules are those of the ConfigMap `\(node.excerpt)`, and these are not used",
        remedy: "name the file of that ConfigMap")
      return nil
    }
    if let node = values.resource { note(node, ["rules", "resource"]) }
    var rules = AdapterRules(
      rules: rules(values.custom, ["rules", "custom"]),
      externalRules: rules(values.external, ["rules", "external"]))
    if values.hasDefault { rules.rules = AdapterRules.chart.rules + rules.rules }
    return (rules, isAccepted)
  }

  private mutating func note(_ node: YAMLNode, _ path: [String]) {
    report(
      .note, node, path,
      "not used: metrics-server answers for the CPU and memory of pods and nodes")
  }

  private mutating func rules(
    _ written: [AdapterFields.Rule], _ path: [String]
  ) -> [AdapterRule] {
    let isExternal = path.last?.hasPrefix("external") ?? false
    var rules: [AdapterRule] = []
    for (index, rule) in written.enumerated() {
      if rule.hasErrors { isAccepted = false }
      // That it is missing has been said.
      guard rule.places["seriesQuery"] != nil, let node = rule.places[""] else { continue }
      var problems: [AdapterRuleProblem] = []
      let read = AdapterRule.read(rule.text, isExternal: isExternal, problems: &problems)
      if let read, !rule.hasErrors { rules.append(read) }
      for problem in problems {
        if problem.consequence == .nothingIsServed { isAccepted = false }
        let field = problem.field.path
        var path = path
        path[path.count - 1] += "[\(index)]"
        report(
          problem.consequence == .surprise ? .warning : .error, rule.places[field] ?? node,
          path + [field], problem.message, remedy: problem.remedy, offset: problem.offset)
      }
    }
    return rules
  }

  private mutating func report(
    _ severity: Diagnostic.Severity, _ node: YAMLNode, _ path: [String], _ message: String,
    remedy: String? = nil, offset: Int = 0
  ) {
    let (line, column) = ScalarPlace.position(ofByte: offset, in: node, bytes)
    reading.diagnostics.append(
      Diagnostic(
        severity, at: SourceLocation(file: reading.file, line: line, column: column),
        path: path.joined(separator: "."), text: node.excerpt, message: message, remedy: remedy))
  }
}

extension AdapterRuleProblem.Field {
  /// Inside of its rule.
  fileprivate var path: String {
    switch self {
    case .seriesQuery: "seriesQuery"
    case .seriesFilter(let index): "seriesFilters[\(index)]"
    case .resources: "resources"
    case .template: "resources.template"
    case .override(let label): "resources.overrides.\(label)"
    case .nameMatches: "name.matches"
    case .nameAs: "name.as"
    case .metricsQuery: "metricsQuery"
    }
  }
}
