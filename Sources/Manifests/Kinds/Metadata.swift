import ClusterAPI
import YAML

extension Fields {
  /// `metadata`, with what it holds beside the modelled fields.
  func metadata(namespaced: Bool = true) -> (meta: ObjectMeta, rest: [UnmodelledField])? {
    guard let fields = object("metadata") else {
      sink.error(node.mark, "metadata is missing", remedy: "write `metadata: {name: ...}`")
      return nil
    }
    guard let name = fields.text("name") else {
      if fields.has("generateName") {
        sink.error(fields.node.mark, "an object with generateName has no name to be known by")
      } else {
        sink.error(fields.node.mark, "metadata.name is missing", remedy: "write `name: ...`")
      }
      return nil
    }
    let namespace = fields.text("namespace") ?? (namespaced ? "default" : "")
    let meta = ObjectMeta(
      name: name, namespace: namespace, labels: fields.texts("labels"),
      annotations: fields.texts("annotations"))
    return (meta, fields.rest())
  }

  func selector(_ key: String) -> LabelSelector? {
    guard let fields = object(key) else { return nil }
    var selector = LabelSelector(matchLabels: fields.texts("matchLabels"))
    for item in fields.objects("matchExpressions") {
      guard let label = item.text("key"), let word = item.text("operator") else { continue }
      selector.matchExpressions.append(
        LabelSelectorRequirement(key: label, op: .init(word), values: item.strings("values")))
    }
    return selector
  }
}
