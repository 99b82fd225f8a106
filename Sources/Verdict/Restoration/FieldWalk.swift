import ClusterAPI

/// Lists the fields of an object with their values as text, under Kubernetes' names.
///
/// It walks the value itself, so that a field that the model gains is compared from then on without
/// a line of code.
struct FieldWalk {
  private(set) var fields: SortedMap<String> = [:]

  init(_ object: ClusterObject) {
    if case .opaque(let opaque) = object {
      walk(document: opaque.document, "")
      return
    }
    for child in Mirror(reflecting: object).children { walk(child.value, "") }
  }

  private mutating func walk(_ value: Any, _ path: String) {
    switch value {
    case let text as String: fields[path] = text
    case let quantity as Quantity: fields[path] = quantity.description
    case let number as IntOrString: fields[path] = number.description
    case let document as DocumentValue: walk(document: document, path)
    case let map as any FieldMap:
      for (key, element) in map.pairs { walk(element, "\(path)[\(key)]") }
    case let list as [UnmodelledField]:
      for field in list { walk(document: field.value, field.path) }
    default: walk(parts: value, path)
    }
  }

  private mutating func walk(parts value: Any, _ path: String) {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
      if let content = mirror.children.first { walk(content.value, path) }
    case .collection:
      for (index, element) in mirror.children.enumerated() {
        walk(element.value, "\(path)[\(FieldWalk.name(of: element.value) ?? String(index))]")
      }
    case .struct:
      for child in mirror.children {
        guard let label = child.label else { continue }
        walk(child.value, FieldWalk.join(path, label))
      }
    default: fields[path] = String(describing: value)
    }
  }

  private mutating func walk(document: DocumentValue, _ path: String) {
    switch document {
    case .null: fields[path] = "null"
    case .bool(let value): fields[path] = String(value)
    case .integer(let value): fields[path] = String(value)
    case .number(let text), .string(let text): fields[path] = text
    case .list(let elements):
      for (index, element) in elements.enumerated() {
        var name = String(index)
        if case .string(let text)? = element["name"] { name = text }
        walk(document: element, "\(path)[\(name)]")
      }
    case .object(let members):
      for field in members {
        walk(document: field.value, path.isEmpty ? field.key : "\(path).\(field.key)")
      }
    }
  }

  /// Elements of lists that have a name are told apart by it, as a strategic merge does.
  private static func name(of element: Any) -> String? {
    Mirror(reflecting: element).children.first { $0.label == "name" }?.value as? String
  }

  /// Kubernetes' names for properties that are called otherwise here; an empty one adds no step.
  private static let names: SortedMap<String> = [
    "arguments": "args", "environment": "env", "environmentFrom": "envFrom", "kind": "type",
    "meta": "metadata", "targetName": "scaleTargetRef.name", "targetKind": "scaleTargetRef.kind",
    "targetAPIVersion": "scaleTargetRef.apiVersion", "unmodelled": "", "source": "",
  ]

  private static func join(_ path: String, _ label: String) -> String {
    let name = names[label] ?? label
    if name.isEmpty { return path }
    if path.isEmpty, specless.contains(name) { return "spec.\(name)" }
    return path.isEmpty ? name : "\(path).\(name)"
  }

  /// Properties that stand at the top of the model's values and below `spec` in a manifest.
  private static let specless: [String] = [
    "maxReplicas", "minReplicas", "metrics", "behavior", "selector", "ports",
    "minAvailable", "maxUnavailable", "replicas", "template", "hard", "limits",
    "scaleTargetRef.name", "scaleTargetRef.kind", "scaleTargetRef.apiVersion",
  ]
}

/// A map whose pairs can be listed without knowing the type of its values.
private protocol FieldMap {
  var pairs: [(String, Any)] { get }
}

extension SortedMap: FieldMap {
  fileprivate var pairs: [(String, Any)] { map { ($0.key, $0.value) } }
}
