import ClusterAPI
import Control
import YAML

/// The fields of prometheus-adapter's configuration, and of the values of its Helm chart.
enum AdapterFields {
  struct File: Sendable {
    var rules: [Rule] = []
    var externalRules: [Rule] = []
    var resourceRules: YAMLNode?
  }

  struct Rule: Sendable {
    /// The tables have reported an error inside it.
    var hasErrors = false
    var text = AdapterRuleText(seriesQuery: "", metricsQuery: "")
    /// Where its fields stand, by their paths.
    var places: [String: YAMLNode] = [:]
  }

  /// `rules` of the chart's values.
  struct Values: Sendable {
    var hasDefault = true
    var existing: YAMLNode?
    var custom: [Rule] = []
    var external: [Rule] = []
    var resource: YAMLNode?
  }

  static let file = Table<File> {
    $0.field("rules", \.rules, .list(of: rule))
    $0.field("externalRules", \.externalRules, .list(of: rule))
    $0.field("resourceRules", \.resourceRules, node)
  }

  static let values = Table<Values> {
    $0.field("default", \.hasDefault, .boolean)
    $0.field("existing", \.existing, node)
    $0.field("custom", \.custom, .list(of: rule))
    $0.field("external", \.external, .list(of: rule))
    $0.field("resource", \.resource, node)
  }

  private static let node = Codec<YAMLNode> { node, _ in node.isNothing ? nil : node }

  private static let rule = Codec<Rule> { node, reading in
    var rule = Rule()
    rule.places[""] = node
    // The adapter refuses fields that it does not know.
    let before = reading.errorCount
    let wasStrict = reading.isStrict
    reading.isStrict = true
    reading.read(node, into: &rule, by: ruleFields)
    reading.isStrict = wasStrict
    rule.hasErrors = reading.errorCount > before
    return node.mapping == nil ? nil : rule
  }

  private static let ruleFields = Table<Rule> {
    $0.place("seriesQuery", "seriesQuery", \.text.seriesQuery, required: true)
    $0.custom("seriesFilters") { rule, node, reading in
      rule.text.seriesFilters = Codec.list(of: filter).read(node, &reading) ?? []
      for (index, node) in (node.sequence ?? []).enumerated() {
        rule.places["seriesFilters[\(index)]"] = node["is"] ?? node["isNot"] ?? node
      }
    }
    $0.custom("resources") { rule, node, reading in
      rule.places["resources"] = node
      reading.read(node, into: &rule, by: resources)
    }
    $0.inside("name", name)
    $0.place("metricsQuery", "metricsQuery", \.text.metricsQuery)
  }

  private static let name = Table<Rule> {
    $0.place("matches", "name.matches", \.text.nameMatches)
    $0.place("as", "name.as", \.text.nameAs)
  }

  private static let resources = Table<Rule> {
    $0.place("template", "resources.template", \.text.template)
    $0.field("namespaced", \.text.namespaced, .boolean)
    $0.custom("overrides") { rule, node, reading in
      let overrides = Codec.map(of: override).read(node, &reading) ?? [:]
      rule.text.overrides = overrides.map { .init($0, group: $1.group, resource: $1.resource) }
      for (key, _) in node.mapping ?? [] {
        if let label = key.keyText { rule.places["resources.overrides.\(label)"] = key }
      }
    }
  }

  private struct Override: Sendable {
    var group = ""
    var resource = ""
  }

  private static let override = Codec<Override>.object(
    Override(),
    Table {
      $0.field("group", \.group, text)
      $0.field("resource", \.resource, text, required: true)
    }
  ) { override, node, reading in
    let word = override.resource
    guard let place = node["resource"], !word.isEmpty,
      AdapterResource(group: override.group, resource: word) == nil
    else { return }
    let near = reading.nearest(to: word, among: AdapterResource.words)
    let group = override.group.isEmpty ? "" : " in the group `\(override.group)`"
    reading.at(.key("resource")) {
      $0.report(
        near == nil ? .note : .warning, at: place,
        "Kubernetes itself has no resource `\(place.excerpt)`\(group): taken for a custom one",
        remedy: near.map { "did you mean `\($0)`?" }, nearest: near)
    }
  }

  private static let filter = Codec<AdapterRuleText.Filter>.object(
    AdapterRuleText.Filter(),
    Table {
      $0.field("is", \.wanted, text)
      $0.field("isNot", \.unwanted, text)
    })

  /// Numbers are taken for their text, as Go's YAML does.
  fileprivate static let text = Codec<String> { node, reading in
    if let scalar = node.scalar { return scalar.text }
    reading.reportWrongType(node, expected: "a string")
    return nil
  }
}

extension Table<AdapterFields.Rule> {
  /// A text, whose place is kept.
  fileprivate mutating func place(
    _ key: String, _ path: String,
    _ property: any WritableKeyPath<AdapterFields.Rule, String> & Sendable, required: Bool = false
  ) {
    custom(key, required: required) { rule, node, reading in
      rule.places[path] = node
      if let text = AdapterFields.text.read(node, &reading) { rule[keyPath: property] = text }
    }
  }
}
