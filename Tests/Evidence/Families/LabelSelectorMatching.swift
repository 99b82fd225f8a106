import ClusterAPI

/// `metav1.LabelSelectorAsSelector` and `Matches`.
enum LabelSelectorMatching: Family {
  static let name = "label_selector"

  static func answer(to input: JSON) throws -> JSON {
    guard let source = input["selector"] else { return ["matches": false, "canonical": ""] }
    let selector = try ObjectJSON.labelSelector(source)
    let labels = try ObjectJSON.labels(input, "labels")
    do {
      try selector.validate()
    } catch {
      return ["error": .string("\(error)")]
    }
    return ["matches": .bool(selector.matches(labels)), "canonical": .string(selector.canonical)]
  }
}
