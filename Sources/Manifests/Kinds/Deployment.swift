import ClusterAPI
import YAML

extension KindReader {
  static let deployment = KindReader(
    .deployment, "apps/v1",
    removed: ["apps/v1beta2", "apps/v1beta1", "extensions/v1beta1"],
    initial: Deployment(
      meta: ObjectMeta(name: ""),
      spec: DeploymentSpec(selector: LabelSelector(), template: Shapes.emptyTemplate)),
    unmodelled: \.unmodelled, as: { .deployment($0) },
    table: Table {
      $0.header(\.meta)
      $0.nested("spec", \.spec, required: true, spec)
    }
  ) { deployment, node, reading in
    deployment.spec.declaresReplicas = node["spec"]?["replicas"].map { !$0.isNull } ?? false
    reading.finishSelector(&deployment.spec.selector, deployment.spec.template, node)
  }

  private static let spec = Table<DeploymentSpec> {
    $0.field("replicas", \.replicas, .count)
    $0.field("selector", \.selector, Shapes.labelSelector)
    $0.field("template", \.template, Shapes.podTemplate, required: true)
    $0.nested("strategy", \.strategy, strategy)
    $0.field("minReadySeconds", \.minReadySeconds, .count)
    $0.field("revisionHistoryLimit", \.revisionHistoryLimit, .count)
    $0.field("paused", \.paused, .boolean)
    $0.custom("progressDeadlineSeconds") { spec, node, reading in
      guard let seconds = Codec<Int>.count.read(node, &reading) else { return }
      spec.progressDeadlineSeconds = seconds == Int(Int32.max) ? nil : seconds
    }
    $0.kept("rollbackTo")
  }

  private static let strategy = Table<DeploymentStrategy> {
    $0.field("type", \.kind, strategyKind)
    $0.inside(
      "rollingUpdate",
      Table {
        $0.field("maxSurge", \.maxSurge, .intOrString)
        $0.field("maxUnavailable", \.maxUnavailable, .intOrString)
      })
  }

  private static let strategyKind = Codec<String>.word(of: ["RollingUpdate", "Recreate"]).map {
    $0 == "Recreate" ? DeploymentStrategy.Kind.recreate : .rollingUpdate
  }
}

extension Reading {
  /// Demands a selector that chooses the template's pods, as validation of `apps/v1` does.
  ///
  /// The versions before it took the template's labels where no selector was written.
  mutating func finishSelector(
    _ selector: inout LabelSelector, _ template: PodTemplate, _ node: YAMLNode
  ) {
    guard let spec = node["spec"], spec.mapping != nil else { return }
    guard let written = spec["selector"], !written.isNull else {
      if apiVersion == "apps/v1" {
        at(.key("spec")) { reading in
          reading.at(.key("selector")) {
            $0.report(.error, at: spec, "required field is missing", remedy: "add `selector:`")
          }
        }
      } else {
        selector = LabelSelector(matchLabels: template.labels)
      }
      return
    }
    guard written.mapping != nil, !selector.matches(template.labels) else { return }
    at(.key("spec")) { reading in
      reading.at(.key("selector")) {
        $0.report(
          .error, at: written, "does not choose the template's own labels",
          remedy: "give the template the labels that the selector names")
      }
    }
  }
}
