public import ClusterAPI

/// What the API server refuses to change of an object that is stored (422, `Validate...Update`).
public enum UpdateRules {
  /// The reason in the API's words; nil: the update is allowed.
  ///
  /// - Parameters:
  ///   - old: the stored object.
  ///   - new: what a client wants it to be, of the same kind and name.
  public static func objection(_ old: ClusterObject, to new: ClusterObject) -> String? {
    switch (old, new) {
    case (.deployment(let old), .deployment(let new)):
      immutable(("spec.selector", old.spec.selector == new.spec.selector))
    case (.replicaSet(let old), .replicaSet(let new)):
      immutable(("spec.selector", old.spec.selector == new.spec.selector))
    case (.daemonSet(let old), .daemonSet(let new)):
      immutable(("spec.selector", old.selector == new.selector))
    case (.statefulSet(let old), .statefulSet(let new)): statefulSet(old, new)
    case (.job(let old), .job(let new)): job(old, new)
    case (.service(let old), .service(let new)): service(old, new)
    case (.configMap(let old), .configMap(let new)): data(old, new)
    case (.secret(let old), .secret(let new)):
      immutable(("type", (old.type ?? "Opaque") == (new.type ?? "Opaque"))) ?? data(old, new)
    case (.persistentVolumeClaim(let old), .persistentVolumeClaim(let new)): claim(old, new)
    case (.priorityClass(let old), .priorityClass(let new)):
      old.value == new.value ? nil : "value: Forbidden: may not be changed in an update."
    case (.pod(let old), .pod(let new)): pod(old.spec, new.spec)
    case (.opaque(let old), .opaque(let new)): opaque(old, new)
    default: nil
    }
  }

  /// The first field that is not as it was.
  private static func immutable(_ fields: (path: String, isSame: Bool)...) -> String? {
    fields.first { !$0.isSame }.map { "\($0.path): Invalid value: field is immutable" }
  }

  /// `ValidateStatefulSetUpdate`
  private static func statefulSet(_ old: StatefulSet, _ new: StatefulSet) -> String? {
    let isSame =
      old.serviceName == new.serviceName && old.selector == new.selector
      && old.podManagementPolicy == new.podManagementPolicy
      && old.volumeClaimTemplates == new.volumeClaimTemplates
    if isSame { return nil }
    return "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', "
      + "'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', "
      + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"
  }

  /// `ValidateJobSpecUpdate`; a Job that is suspended may be given other scheduling directives, and an
  /// indexed one another size.
  private static func job(_ old: Job, _ new: Job) -> String? {
    var (before, after) = (old.template, new.template)
    if old.suspend {
      schedulingDirectives(&before)
      schedulingDirectives(&after)
    }
    let isElastic =
      old.completionMode == "Indexed" && new.completions == new.parallelism
    return immutable(
      ("spec.completions", old.completions == new.completions || isElastic),
      ("spec.selector", new.selector == nil || old.selector == new.selector),
      ("spec.template", before == after),
      ("spec.completionMode", old.completionMode == new.completionMode))
  }

  private static func schedulingDirectives(_ template: inout PodTemplate) {
    template.labels = [:]
    template.annotations = [:]
    template.spec.nodeSelector = [:]
    template.spec.affinity = Affinity()
    template.spec.tolerations = []
  }

  /// `ValidateServiceUpdate`: the address stays unless the Service becomes another name.
  private static func service(_ old: Service, _ new: Service) -> String? {
    guard old.type != "ExternalName", new.type != "ExternalName", let address = old.clusterIP,
      !address.isEmpty, let wanted = new.clusterIP, !wanted.isEmpty, wanted != address
    else { return nil }
    return "spec.clusterIPs[0]: Invalid value: [\"\(wanted)\"]: may not change once set"
  }

  /// `ValidateConfigMapUpdate`
  private static func data(_ old: ConfigData, _ new: ConfigData) -> String? {
    guard old.immutable else { return nil }
    let path = ["immutable", "data", "binaryData"]
    let isSame = [new.immutable, old.data == new.data, old.binaryData == new.binaryData]
    return zip(path, isSame).first { !$0.1 }.map {
      "\($0.0): Forbidden: field is immutable when `immutable` is set"
    }
  }

  /// `ValidatePersistentVolumeClaimUpdate`: only the request may grow.
  private static func claim(
    _ old: PersistentVolumeClaim, _ new: PersistentVolumeClaim
  ) -> String? {
    let isSame =
      old.accessModes == new.accessModes && old.volumeMode == new.volumeMode
      && (new.storageClassName == nil || old.storageClassName == new.storageClassName)
      && (new.volumeName == nil || old.volumeName == nil || old.volumeName == new.volumeName)
    guard isSame else {
      return "spec: Forbidden: spec is immutable after creation except resources.requests and "
        + "volumeAttributesClassName for bound claims"
    }
    guard let before = old.resources.requests["storage"],
      let after = new.resources.requests["storage"], after < before
    else { return nil }
    return "spec.resources.requests.storage: Forbidden: field can not be less than "
      + "status.capacity"
  }

  /// `ValidatePodUpdate`: images, and tolerations that are added.
  private static func pod(_ old: PodSpec, _ new: PodSpec) -> String? {
    func masked(_ spec: PodSpec) -> PodSpec {
      var spec = spec
      for index in spec.containers.indices { spec.containers[index].image = "" }
      for index in spec.initContainers.indices { spec.initContainers[index].image = "" }
      spec.activeDeadlineSeconds = nil
      spec.tolerations = []
      return spec
    }
    let isSame = masked(old) == masked(new) && old.tolerations.allSatisfy(new.tolerations.contains)
    if isSame { return nil }
    return "spec: Forbidden: pod updates may not change fields other than "
      + "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
      + "`spec.tolerations` (only additions to existing tolerations),"
      + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"
  }

  /// Of kinds that are kept as they are written.
  private static func opaque(_ old: OpaqueObject, _ new: OpaqueObject) -> String? {
    switch old.kind.name {
    case "RoleBinding", "ClusterRoleBinding":
      old.document["roleRef"] == new.document["roleRef"]
        ? nil : "roleRef: Invalid value: cannot change roleRef"
    case "StorageClass":
      ["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"].first {
        old.document[$0] != new.document[$0]
      }.map { "\($0): Forbidden: updates to \($0) are forbidden." }
    default: nil
    }
  }
}
