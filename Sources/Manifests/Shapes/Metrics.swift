import ClusterAPI
import YAML

/// What an autoscaler scales by (`MetricSpec`).
enum Metrics {
  /// The blocks of a metric before it is known which of them its type wants.
  private struct Draft: Sendable {
    var type = ""
    var blocks: [String: Block] = [:]
  }

  /// The block of one type.
  struct Block: Sendable {
    var resource = ""
    var container = ""
    var metric = ""
    var selector: LabelSelector?
    var apiVersion = ""
    var kind = ""
    var name = ""
    /// `Utilization`, `Value` or `AverageValue`; empty where the version has no such field.
    var targetType = ""
    var utilization: Int?
    var value: Quantity?
    var averageValue: Quantity?
  }

  /// The key of the block that each type wants.
  private static let keys = [
    "ContainerResource": "containerResource", "External": "external", "Object": "object",
    "Pods": "pods", "Resource": "resource",
  ]

  /// Of `autoscaling/v2` and `v2beta2`.
  static let current = metric(isTyped: true) { table in
    table.block("resource", resource(target))
    table.block("containerResource", containerResource(target))
    table.block(
      "pods",
      Table {
        $0.inside("metric", required: true, identifier)
        $0.inside("target", required: true, target)
      })
    table.block(
      "object",
      Table {
        $0.inside("describedObject", required: true, reference)
        $0.inside("metric", required: true, identifier)
        $0.inside("target", required: true, target)
      })
    table.block(
      "external",
      Table {
        $0.inside("metric", required: true, identifier)
        $0.inside("target", required: true, target)
      })
  }

  private static let target = Table<Block> {
    $0.field(
      "type", \.targetType, .word(of: ["Utilization", "Value", "AverageValue"]), required: true)
    $0.field("averageUtilization", \.utilization, .integer)
    $0.field("averageValue", \.averageValue, .quantity)
    $0.field("value", \.value, .quantity)
  }

  private static let identifier = Table<Block> {
    $0.field("name", \.metric, .string, required: true)
    $0.field("selector", \.selector, Shapes.labelSelector)
  }

  static let reference = Table<Block> {
    $0.field("apiVersion", \.apiVersion, .string)
    $0.field("kind", \.kind, .string, required: true)
    $0.field("name", \.name, .string, required: true)
  }

  private static func resource(_ target: Table<Block>) -> Table<Block> {
    Table {
      $0.field("name", \.resource, .string, required: true)
      $0.inside("target", required: true, target)
    }
  }

  private static func containerResource(_ target: Table<Block>) -> Table<Block> {
    Table {
      $0.field("name", \.resource, .string, required: true)
      $0.field("container", \.container, .string, required: true)
      $0.inside("target", required: true, target)
    }
  }

  /// A metric whose blocks the closure adds.
  ///
  /// Where targets are typed, one without a type has been reported by its table.
  static func metric(
    isTyped: Bool, _ build: (inout BlockTable) -> Void
  ) -> Codec<MetricTarget> {
    var blocks = BlockTable()
    build(&blocks)
    let added = blocks.blocks
    let table = Table<Draft> {
      $0.field("type", \.type, .word(of: keys.keys.sorted()), required: true)
      for (key, block) in added {
        $0.custom(key, shape: block.shape) { draft, node, reading in
          var read = Block()
          reading.read(node, into: &read, by: block)
          draft.blocks[key] = read
        }
      }
    }
    return Codec.object(Draft(), table).map { draft, node, reading in
      finish(draft, node, isTyped: isTyped, &reading)
    }
  }

  /// Collects the tables of the blocks by their keys.
  struct BlockTable {
    fileprivate var blocks: [(key: String, table: Table<Block>)] = []

    mutating func block(_ key: String, _ table: Table<Block>) { blocks.append((key, table)) }
  }

  private static func finish(
    _ draft: Draft, _ node: YAMLNode, isTyped: Bool, _ reading: inout Reading
  ) -> MetricTarget? {
    guard let key = keys[draft.type] else { return nil }
    guard let block = draft.blocks[key], let written = node[key] else {
      reading.report(
        .error, at: node, "a metric of type \(draft.type) needs `\(key)`",
        remedy: "add `\(key):`")
      return nil
    }
    guard let value = value(block) else {
      if isTyped, block.targetType.isEmpty { return nil }
      reading.at(.key(key)) { reading in
        reading.report(
          .error, at: written["target"] ?? written,
          block.targetType.isEmpty
            ? "has no target" : "the target's value of type \(block.targetType) is missing",
          remedy: remedies[block.targetType])
      }
      return nil
    }
    return MetricTarget(source: source(draft.type, block), target: value)
  }

  private static let remedies = [
    "Utilization": "add `averageUtilization:`, per cent of the request",
    "AverageValue": "add `averageValue:`", "Value": "add `value:`",
  ]

  private static func value(_ block: Block) -> MetricTarget.Value? {
    switch block.targetType {
    case "Utilization": return block.utilization.map { .utilization($0) }
    case "AverageValue": return block.averageValue.map { .averageValue($0) }
    case "Value": return block.value.map { .value($0) }
    default:
      // The older shape tells the type by the field that is set.
      if let share = block.utilization { return .utilization(share) }
      if let average = block.averageValue { return .averageValue(average) }
      return block.value.map { .value($0) }
    }
  }

  private static func source(_ type: String, _ block: Block) -> MetricTarget.Source {
    switch type {
    case "Resource": .resource(name: block.resource)
    case "ContainerResource":
      .containerResource(name: block.resource, container: block.container)
    case "Pods": .pods(metric: block.metric, selector: block.selector)
    case "External": .external(metric: block.metric, selector: block.selector)
    case "Object":
      .object(
        metric: block.metric, selector: block.selector, apiVersion: block.apiVersion,
        kind: block.kind, name: block.name)
    default: preconditionFailure("a metric was read of the type \(type)")
    }
  }
}
