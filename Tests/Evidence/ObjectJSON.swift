public import ClusterAPI

/// Reads the value types of Kubernetes objects from their JSON form.
public enum ObjectJSON {
  /// The text map under `key`.
  public static func labels(_ json: JSON, _ key: String) throws -> Labels {
    var labels: Labels = [:]
    for (name, value) in try json.members(key) {
      guard let text = value.string else { throw EvidenceError("label \(name) is no string") }
      labels[name] = text
    }
    return labels
  }

  /// The amounts under `key`: strings, or plain integers.
  public static func resources(_ json: JSON, _ key: String) throws -> ResourceList {
    var resources: ResourceList = [:]
    for (name, value) in try json.members(key) { resources[name] = try quantity(value) }
    return resources
  }

  public static func quantity(_ json: JSON) throws -> Quantity {
    switch json {
    case .int(let value): return Quantity(value)
    case .string(let text): return try Quantity(parsing: text)
    default: throw EvidenceError("no quantity: \(json)")
    }
  }

  public static func labelSelector(_ json: JSON) throws -> LabelSelector {
    LabelSelector(
      matchLabels: try labels(json, "matchLabels"),
      matchExpressions: try json.elements("matchExpressions").map {
        LabelSelectorRequirement(
          key: $0["key"]?.string ?? "", op: .init($0["operator"]?.string ?? ""),
          values: try $0.strings("values"))
      })
  }

  public static func taint(_ json: JSON) throws -> Taint {
    Taint(
      key: json["key"]?.string ?? "", value: json["value"]?.string ?? "",
      effect: TaintEffect(json["effect"]?.string ?? ""))
  }

  public static func json(_ taint: Taint) -> JSON {
    var members: [String: JSON] = [
      "key": .string(taint.key), "effect": .string(taint.effect.raw),
    ]
    if !taint.value.isEmpty { members["value"] = .string(taint.value) }
    return .object(members)
  }

  public static func toleration(_ json: JSON) throws -> Toleration {
    let effect = json["effect"]?.string ?? ""
    return Toleration(
      key: json["key"]?.string ?? "", op: .init(json["operator"]?.string ?? ""),
      value: json["value"]?.string ?? "", effect: effect.isEmpty ? nil : TaintEffect(effect),
      tolerationSeconds: json["tolerationSeconds"]?.int)
  }
}
