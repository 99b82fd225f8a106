import ClusterAPI
import YAML

extension Fields {
  /// `apps/v1` Deployment, with the defaults of the API server.
  func deployment() -> Deployment? {
    guard let (meta, metaRest) = metadata() else { return nil }
    guard let fields = object("spec") else {
      sink.error(node.mark, "spec is missing", remedy: "write the Deployment's spec")
      return nil
    }
    guard let template = fields.podTemplate("template") else { return nil }
    // Without a selector (extensions/v1beta1) the labels of the template are taken.
    let selector = fields.selector("selector") ?? LabelSelector(matchLabels: template.labels)
    var spec = DeploymentSpec(selector: selector, template: template)
    let replicas = fields.integer("replicas")
    spec.replicas = replicas ?? 1
    spec.declaresReplicas = replicas != nil
    spec.minReadySeconds = fields.integer("minReadySeconds") ?? 0
    spec.revisionHistoryLimit = fields.integer("revisionHistoryLimit") ?? 10
    spec.paused = fields.flag("paused") ?? false
    let deadline = fields.integer("progressDeadlineSeconds") ?? 600
    spec.progressDeadlineSeconds = deadline == 2_147_483_647 ? nil : deadline
    var rest = metaRest
    if let strategy = fields.object("strategy") {
      if let word = strategy.text("type") {
        if let kind = DeploymentStrategy.Kind(rawValue: word) {
          spec.strategy.kind = kind
        } else {
          sink.error(
            strategy.node.mark, "spec.strategy.type is `\(word)`",
            remedy: "write RollingUpdate or Recreate")
        }
      }
      if let rolling = strategy.object("rollingUpdate") {
        spec.strategy.maxSurge = rolling.intOrString("maxSurge") ?? spec.strategy.maxSurge
        spec.strategy.maxUnavailable =
          rolling.intOrString("maxUnavailable") ?? spec.strategy.maxUnavailable
        rest += rolling.rest()
      }
      rest += strategy.rest()
    }
    if !selector.matches(template.labels) {
      sink.error(
        fields.node.mark, "spec.selector does not match the labels of spec.template",
        remedy: "give the template the labels that the selector asks for")
      return nil
    }
    var deployment = Deployment(meta: meta, spec: spec)
    deployment.unmodelled = rest + fields.rest()
    return deployment
  }
}
