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
    reading.checkStrategy(deployment.spec.strategy, node["spec"]?["strategy"])
    reading.finishWorkload(&deployment.spec.selector, deployment.spec.template, node)
  }

  private static let spec = Table<DeploymentSpec> {
    $0.field("replicas", \.replicas, .count)
    $0.field("selector", \.selector, Shapes.labelSelector)
    $0.field("template", \.template, Shapes.podTemplate, required: true)
    $0.nested("strategy", \.strategy, strategy)
    $0.field("minReadySeconds", \.minReadySeconds, .count)
    $0.field("revisionHistoryLimit", \.revisionHistoryLimit, .count)
    $0.field("paused", \.paused, .boolean)
    $0.custom("progressDeadlineSeconds", shape: Codec<Int>.count.shape) { spec, node, reading in
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
        $0.field("maxSurge", \.maxSurge, .podCount)
        $0.field("maxUnavailable", \.maxUnavailable, .podCount)
      })
  }

  private static let strategyKind = Codec<String>.word(of: ["RollingUpdate", "Recreate"]).map {
    $0 == "Recreate" ? DeploymentStrategy.Kind.recreate : .rollingUpdate
  }
}

extension Reading {
  /// Refuses what `ValidateDeploymentStrategy` refuses.
  fileprivate mutating func checkStrategy(_ strategy: DeploymentStrategy, _ node: YAMLNode?) {
    guard let bounds = node?["rollingUpdate"], !bounds.isNull else { return }
    at(.key("spec")) { reading in
      reading.at(.key("strategy")) { reading in
        reading.at(.key("rollingUpdate")) {
          if strategy.kind == .recreate {
            $0.report(
              .error, at: bounds, "may not stand beside `type: Recreate`", remedy: "remove it")
          } else if strategy.maxSurge.isZero, strategy.maxUnavailable.isZero {
            $0.report(
              .error, at: bounds,
              "maxSurge and maxUnavailable are both 0: no pod could be replaced",
              remedy: "raise one of them")
          }
        }
      }
    }
  }
}

extension IntOrString {
  fileprivate var isZero: Bool { self == .int(0) || self == .string("0%") }
}
