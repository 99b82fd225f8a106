import ClusterAPI
import YAML

extension Fields {
  private func wrong(_ key: String, _ node: YAML.Node, _ wanted: String) {
    let found = node.scalar.map { "\(node.typeName) `\($0.text)`" } ?? node.typeName
    sink.error(
      node.mark, "\(name(key)) is \(found), \(wanted) is wanted", remedy: "write \(wanted)")
  }

  func text(_ key: String) -> String? {
    guard let node = value(key) else { return nil }
    if let scalar = node.scalar, case .string? = node.resolved { return scalar.text }
    wrong(key, node, "a string (in quotes)")
    return nil
  }

  func integer(_ key: String) -> Int? {
    guard let node = value(key) else { return nil }
    if case .integer(let value)? = node.resolved { return Int(value) }
    wrong(key, node, "an integer")
    return nil
  }

  func flag(_ key: String) -> Bool? {
    guard let node = value(key) else { return nil }
    if case .boolean(let value)? = node.resolved { return value }
    wrong(key, node, "true or false")
    return nil
  }

  func intOrString(_ key: String) -> IntOrString? {
    guard let node = value(key) else { return nil }
    switch node.resolved {
    case .integer(let value)?: return .int(value)
    case .string?: return .string(node.scalar?.text ?? "")
    default:
      wrong(key, node, "an integer or a percentage such as \"25%\"")
      return nil
    }
  }

  /// A map of strings, as labels, annotations and data are.
  func texts(_ key: String) -> Labels {
    guard let fields = object(key) else { return [:] }
    var result: Labels = [:]
    for entry in fields.node.mapping ?? [] {
      guard let label = entry.key.keyText else { continue }
      if let scalar = entry.value.scalar { result[label] = scalar.text }
    }
    return result
  }

  func quantities(_ key: String) -> ResourceList {
    guard let fields = object(key) else { return [:] }
    var result: ResourceList = [:]
    for entry in fields.node.mapping ?? [] {
      guard let resource = entry.key.keyText else { continue }
      guard let scalar = entry.value.scalar, let amount = try? Quantity(parsing: scalar.text) else {
        fields.wrong(resource, entry.value, "a quantity such as 500m or 128Mi")
        continue
      }
      result[resource] = amount
    }
    return result
  }

  func strings(_ key: String) -> [String] {
    list(key).compactMap { $0.node.scalar?.text }
  }
}
