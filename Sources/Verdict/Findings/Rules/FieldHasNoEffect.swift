import ClusterAPI

/// A field that the kind does not have at this place: strict validation refuses it, else it is dropped
/// without a word.
enum FieldHasNoEffect: FindingRule {
  static let id = "field-has-no-effect"
  static let title = "a field does not exist where it stands"

  static func find(in tree: ExaminedTree) -> [RehearsalFinding] {
    tree.unknownFields.map { field in
      let name = field.path.split(separator: ".").last.map(String.init) ?? field.path
      var message =
        "`\(field.path)` does not exist: `kubectl apply` refuses it, and a client without strict "
        + "validation drops it, so that it has no effect"
      if let place = place(of: name, at: field.path) {
        message += "; `\(name)` belongs to \(place)"
      } else if let hint = field.hint {
        message += "; \(hint)"
      }
      return finding(.warning, field.object, part: field.path, message)
    }
  }

  /// Security settings that only containers have, or only the pod: the rest of both is kept as it stands.
  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    workload.unmodelled.flatMap { field -> [RehearsalFinding] in
      guard field.path.hasSuffix(".securityContext") else { return [] }
      let isOfContainer = field.path.contains("ontainers[")
      let strangers = isOfContainer ? ofPodSecurity : ofContainerSecurity
      return (field.value.fields ?? []).map(\.key).filter(strangers.contains).map { name in
        finding(
          .warning, workload.key, part: "\(field.path).\(name)",
          "`\(field.path).\(name)` does not exist: `kubectl apply` refuses it, and a client without strict "
            + "validation drops it, so that it has no effect; `\(name)` belongs to the securityContext of "
            + (isOfContainer ? "the pod" : "each container"))
      }
    }
  }

  private static let ofPodSecurity: Set<String> = [
    "fsGroup", "fsGroupChangePolicy", "supplementalGroups", "supplementalGroupsPolicy", "sysctls",
  ]

  private static let ofContainerSecurity: Set<String> = [
    "allowPrivilegeEscalation", "capabilities", "privileged", "procMount", "readOnlyRootFilesystem",
  ]

  /// Where a field of that name exists; nil where that is not known, or is where it stands.
  static func place(of name: String, at path: String) -> String? {
    let parts = path.split(separator: ".").dropLast().map { part in
      String(part.split(separator: "[").first ?? "")
    }
    let parent = parts.last ?? ""
    let isInContainer = parent == "containers" || parent == "initContainers"
    let isInPod = parts.suffix(2) == ["template", "spec"]
    if parent.hasSuffix("Probe") || ["httpGet", "tcpSocket", "exec", "grpc"].contains(parent) {
      if parent.hasSuffix("Probe"), ["path", "host", "scheme", "httpHeaders"].contains(name) {
        return "`httpGet` of the probe"
      }
      if !parent.hasSuffix("Probe"), ofProbe.contains(name) {
        return "the probe, outside of `\(parent)`"
      }
    }
    if ofPod.contains(name), !isInPod { return "the pod spec, beside `containers`" }
    if ofContainer.contains(name), !isInContainer { return "each container" }
    if ["maxSurge", "maxUnavailable"].contains(name), parent != "rollingUpdate" {
      return "`rollingUpdate` of the strategy"
    }
    if name == "rollingUpdate", parent == "spec" { return "the strategy" }
    if ["labels", "annotations", "namespace"].contains(name), parent != "metadata" {
      return "`metadata`"
    }
    if ["limits", "requests"].contains(name), isInContainer { return "`resources`" }
    if ["preStop", "postStart"].contains(name), isInContainer { return "`lifecycle`" }
    return nil
  }

  private static let ofProbe: Set<String> = [
    "initialDelaySeconds", "periodSeconds", "timeoutSeconds", "successThreshold",
    "failureThreshold",
  ]

  private static let ofPod: Set<String> = [
    "affinity", "dnsPolicy", "hostIPC", "hostNetwork", "hostPID", "imagePullSecrets",
    "initContainers", "nodeName", "nodeSelector", "priorityClassName", "restartPolicy",
    "schedulerName", "serviceAccount", "serviceAccountName", "shareProcessNamespace",
    "terminationGracePeriodSeconds", "tolerations", "topologySpreadConstraints", "volumes",
  ]

  private static let ofContainer: Set<String> = [
    "args", "command", "env", "envFrom", "image", "imagePullPolicy", "lifecycle", "livenessProbe",
    "ports", "readinessProbe", "resources", "startupProbe", "volumeMounts",
  ]
}
