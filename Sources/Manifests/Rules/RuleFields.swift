import ClusterAPI
import PromQL
import YAML

/// The fields of rule files (https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/)
/// and of PrometheusRule.
enum RuleFields {
  struct File: Sendable {
    var groups: [Group] = []
  }

  struct Object: Sendable {
    var meta = ObjectMeta(name: "")
    var groups: [Group] = []
  }

  struct Group: Sendable {
    var node: YAMLNode?
    /// The tables have reported an error inside it.
    var hasErrors = false
    var name = ""
    var interval: Int64?
    var queryOffset: Int64 = 0
    var limit = 0
    var labels: [Pair] = []
    var rules: [Rule] = []
  }

  struct Rule: Sendable {
    var node: YAMLNode?
    var record: YAMLNode?
    var alert: YAMLNode?
    var expr: YAMLNode?
    var hold: (node: YAMLNode, milliseconds: Int64)?
    var keepFiring: (node: YAMLNode, milliseconds: Int64)?
    var labels: [Pair] = []
    /// Of the group, for labels that the rule does not set.
    var groupLabels: [Pair] = []
    var annotations: [Pair] = []
    var annotationsNode: YAMLNode?
  }

  /// A label or annotation.
  struct Pair: Sendable {
    var key: YAMLNode
    var value: YAMLNode
    var name: String
    var text: String
  }

  static let file = Table<File> {
    $0.field("groups", \.groups, .list(of: group))
  }

  static let object = Table<Object> {
    $0.identity()
    $0.field("metadata", \.meta, Shapes.meta, required: true)
    $0.inside("spec", required: true, spec)
    $0.kept("status")
  }

  private static let spec = Table<Object> {
    $0.field("groups", \.groups, .list(of: group))
  }

  private static let group = Codec<Group> { node, reading in
    let before = reading.errorCount
    var group = Group(node: node)
    reading.read(node, into: &group, by: groupFields)
    group.hasErrors = reading.errorCount > before
    for index in group.rules.indices { group.rules[index].groupLabels = group.labels }
    return node.mapping == nil ? nil : group
  }

  private static let groupFields = Table<Group> {
    $0.field("name", \.name, .string)
    $0.field("interval", \.interval, duration)
    $0.field("query_offset", \.queryOffset, duration)
    $0.field("limit", \.limit, .count)
    $0.field("labels", \.labels, pairs)
    $0.field("rules", \.rules, .list(of: rule))
    // Of Thanos, which PrometheusRule has.
    $0.kept("partial_response_strategy")
  }

  private static let rule = Codec<Rule> { node, reading in
    var rule = Rule(node: node)
    reading.read(node, into: &rule, by: ruleFields)
    return node.mapping == nil ? nil : rule
  }

  private static let ruleFields = Table<Rule> {
    $0.field("record", \.record, scalar)
    $0.field("alert", \.alert, scalar)
    $0.field("expr", \.expr, scalar)
    $0.field("for", \.hold, placedDuration)
    $0.field("keep_firing_for", \.keepFiring, placedDuration)
    $0.field("labels", \.labels, pairs)
    $0.custom("annotations") { rule, node, reading in
      rule.annotationsNode = node
      rule.annotations = pairs.read(node, &reading) ?? []
    }
  }

  /// Numbers are taken for their text, as Go's YAML does.
  private static let scalar = Codec<YAMLNode> { node, reading in
    if node.scalar != nil { return node }
    reading.reportWrongType(node, expected: "a string")
    return nil
  }

  static let duration = placedDuration.map { value, _, _ in value.milliseconds }

  private static let placedDuration = Codec<(node: YAMLNode, milliseconds: Int64)> {
    node, reading in
    guard let text = node.scalar?.text, let milliseconds = durationMilliseconds(text) else {
      reading.report(
        .error, at: node, "not a valid duration string: `\(node.excerpt)`",
        remedy: "write such as 5m or 1h30m")
      return nil
    }
    return (node, milliseconds)
  }

  private static let pairs = Codec<[Pair]> { node, reading in
    guard let entries = node.mapping else {
      reading.reportWrongType(node, expected: "a mapping")
      return nil
    }
    var pairs: [Pair] = []
    for (key, value) in entries {
      guard let name = key.scalar?.text else { continue }
      reading.consumedKeys += 1
      reading.at(.key(name)) { reading in
        if value.scalar == nil {
          reading.reportWrongType(value, expected: "a string")
        } else {
          let text = value.isNull ? "" : value.scalar?.text ?? ""
          pairs.append(Pair(key: key, value: value, name: name, text: text))
        }
      }
    }
    return pairs
  }
}
