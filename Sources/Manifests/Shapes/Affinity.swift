import ClusterAPI

extension Shapes {
  private static let required = "requiredDuringSchedulingIgnoredDuringExecution"
  private static let preferred = "preferredDuringSchedulingIgnoredDuringExecution"

  static let affinity = Codec.object(
    Affinity(),
    Table {
      $0.field("nodeAffinity", \.node, nodeAffinity)
      $0.field("podAffinity", \.pod, podAffinity)
      $0.field("podAntiAffinity", \.podAnti, podAffinity)
    })

  private static let nodeAffinity = Codec.object(
    NodeAffinity(),
    Table {
      $0.inside(
        required,
        Table {
          $0.field("nodeSelectorTerms", \.required, .list(of: nodeTerm), required: true)
        })
      $0.field(preferred, \.preferred, .list(of: preferredNodes))
    })

  private static let preferredNodes = Codec.object(
    PreferredSchedulingTerm(weight: 1, preference: NodeSelectorTerm()),
    Table {
      $0.field("weight", \.weight, .wide, required: true)
      $0.field("preference", \.preference, nodeTerm, required: true)
    })

  private static let nodeTerm = Codec.object(
    NodeSelectorTerm(),
    Table {
      $0.field("matchExpressions", \.matchExpressions, .list(of: nodeRequirement))
      $0.field("matchFields", \.matchFields, .list(of: nodeRequirement))
    })

  private static let nodeRequirement = Codec.object(
    NodeSelectorRequirement(key: "", op: .other("")),
    Table {
      $0.field("key", \.key, .string, required: true)
      $0.field("operator", \.op, nodeOperator, required: true)
      $0.field("values", \.values, .strings)
    })

  private static let nodeOperator = Codec<String>.word(of: [
    "In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt",
  ]).map { NodeSelectorRequirement.Operator($0) }

  private static let podAffinity = Codec.object(
    PodAffinity(),
    Table {
      $0.field(required, \.required, .list(of: podTerm))
      $0.field(preferred, \.preferred, .list(of: preferredPods))
    })

  private static let preferredPods = Codec.object(
    WeightedPodAffinityTerm(
      weight: 1, term: PodAffinityTerm(labelSelector: nil, topologyKey: "")),
    Table {
      $0.field("weight", \.weight, .wide, required: true)
      $0.field("podAffinityTerm", \.term, podTerm, required: true)
    })

  private static let podTerm = Codec.object(
    PodAffinityTerm(labelSelector: nil, topologyKey: ""),
    Table {
      $0.field("labelSelector", \.labelSelector, labelSelector)
      $0.field("namespaces", \.namespaces, .strings)
      $0.field("namespaceSelector", \.namespaceSelector, labelSelector)
      $0.field("topologyKey", \.topologyKey, .string, required: true)
      $0.field("matchLabelKeys", \.matchLabelKeys, .strings)
      $0.field("mismatchLabelKeys", \.mismatchLabelKeys, .strings)
    })

  static let topologySpread = Codec.object(
    TopologySpreadConstraint(
      maxSkew: 1, topologyKey: "", whenUnsatisfiable: .doNotSchedule, labelSelector: nil),
    Table {
      $0.field("maxSkew", \.maxSkew, .wide, required: true)
      $0.field("topologyKey", \.topologyKey, .string, required: true)
      $0.field("whenUnsatisfiable", \.whenUnsatisfiable, whenUnsatisfiable, required: true)
      $0.field("labelSelector", \.labelSelector, labelSelector)
      $0.field("minDomains", \.minDomains, .wide)
      $0.field("nodeAffinityPolicy", \.nodeAffinityPolicy, nodePolicy)
      $0.field("nodeTaintsPolicy", \.nodeTaintsPolicy, nodePolicy)
      $0.field("matchLabelKeys", \.matchLabelKeys, .strings)
    })

  private static let whenUnsatisfiable = Codec<String>.word(of: [
    "DoNotSchedule", "ScheduleAnyway",
  ]).map {
    $0 == "ScheduleAnyway"
      ? TopologySpreadConstraint.WhenUnsatisfiable.scheduleAnyway
      : .doNotSchedule
  }

  private static let nodePolicy = Codec<String>.word(of: ["Honor", "Ignore"]).map {
    $0 == "Honor" ? TopologySpreadConstraint.NodePolicy.honor : .ignore
  }

  static let toleration = Codec.object(
    Toleration(),
    Table {
      $0.field("key", \.key, .string)
      $0.field("operator", \.op, tolerationOperator)
      $0.field("value", \.value, .string)
      $0.field("effect", \.effect, anyEffect)
      $0.field("tolerationSeconds", \.tolerationSeconds, .wide)
    }
  ) { toleration, _, _ in
    // The empty effect means any.
    if toleration.effect == .other("") { toleration.effect = nil }
  }

  private static let tolerationOperator = Codec<String>.word(of: [
    "", "Equal", "Exists", "Gt", "Lt",
  ]).map { TolerationOperator($0) }

  private static let anyEffect = Codec<String>.word(of: [
    "", "NoSchedule", "PreferNoSchedule", "NoExecute",
  ]).map { TaintEffect($0) }

  static let taint = Codec.object(
    Taint(key: "", effect: .noSchedule),
    Table {
      $0.field("key", \.key, .string, required: true)
      $0.field("value", \.value, .string)
      $0.field("effect", \.effect, anyEffect, required: true)
      $0.kept("timeAdded")
    })
}
