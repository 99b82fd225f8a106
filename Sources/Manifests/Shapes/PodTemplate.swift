import ClusterAPI

extension Shapes {
  static let podSpecTable = Table<PodSpec> {
    $0.field("containers", \.containers, .list(of: container), required: true)
    $0.field("initContainers", \.initContainers, .list(of: container))
    $0.field("volumes", \.volumes, .list(of: volume))
    $0.field("restartPolicy", \.restartPolicy, restartPolicy)
    $0.field("terminationGracePeriodSeconds", \.terminationGracePeriodSeconds, .seconds)
    $0.field("activeDeadlineSeconds", \.activeDeadlineSeconds, .seconds)
    $0.field("nodeSelector", \.nodeSelector, .objectLabels)
    $0.field("nodeName", \.nodeName, .string)
    $0.field("affinity", \.affinity, affinity)
    $0.field("tolerations", \.tolerations, .list(of: toleration))
    $0.field(
      "topologySpreadConstraints", \.topologySpreadConstraints, .list(of: topologySpread))
    $0.field("priorityClassName", \.priorityClassName, .string)
    $0.field("priority", \.priority, .integer)
    $0.field("preemptionPolicy", \.preemptionPolicy, preemptionPolicy)
    $0.field("schedulerName", \.schedulerName, .string)
    $0.field("serviceAccountName", \.serviceAccountName, .string)
    $0.custom("serviceAccount", shape: .string) { spec, node, reading in
      // The older name of the same field.
      let name = Codec<String>.string.read(node, &reading)
      if spec.serviceAccountName == nil { spec.serviceAccountName = name }
    }
    $0.field("hostNetwork", \.hostNetwork, .boolean)
    $0.field("overhead", \.overhead, .resources)
    $0.field("readinessGates", \.readinessGates, .list(of: named("conditionType")))
    $0.field("imagePullSecrets", \.imagePullSecrets, .list(of: named("name")))
    $0.kept(
      "automountServiceAccountToken", "dnsConfig", "dnsPolicy", "enableServiceLinks",
      "ephemeralContainers", "hostAliases", "hostIPC", "hostPID", "hostUsers", "hostname",
      "hostnameOverride", "os", "resourceClaims", "resources", "runtimeClassName",
      "schedulingGates", "securityContext", "setHostnameAsFQDN", "shareProcessNamespace",
      "subdomain", "workloadRef")
    $0.check { spec, node, reading in reading.checkContainers(spec, node) }
  }

  static let preemptionPolicy = Codec<String>.word(of: ["PreemptLowerPriority", "Never"])

  /// A template; its fields that are not simulated stay with it, for they make its revision.
  static let podTemplate = Codec<PodTemplate>(shape: templateObject.shape) { node, reading in
    let outer = reading.unmodelled
    reading.unmodelled = []
    let template = templateObject.read(node, &reading).map { template in
      var template = template
      template.unmodelled = reading.unmodelled
      return template
    }
    reading.unmodelled = outer
    return template
  }

  static let emptyTemplate = PodTemplate(spec: PodSpec(containers: []))

  private static let templateObject = Codec.object(
    emptyTemplate,
    Table {
      $0.identity()
      $0.inside(
        "metadata",
        Table {
          $0.field("labels", \.labels, .objectLabels)
          $0.field("annotations", \.annotations, .labels)
          $0.kept(
            "creationTimestamp", "finalizers", "generateName", "managedFields", "name",
            "namespace", "ownerReferences", "uid")
        })
      $0.nested("spec", \.spec, required: true, podSpecTable)
    })

  private static let restartPolicy = Codec<String>.word(of: ["Always", "OnFailure", "Never"]).map {
    word, _, _ in PodSpec.RestartPolicy(rawValue: word)
  }

  /// A mapping of one name.
  private static func named(_ key: String) -> Codec<String> {
    .object("", Table { $0.field(key, \.self, .string, required: true) })
  }
}
