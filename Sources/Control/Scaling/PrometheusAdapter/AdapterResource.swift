/// A resource of the API, as labels of series name it (`schema.GroupResource`).
public struct AdapterResource: Hashable, Sendable {
  /// Empty for the core group, and for resources that Kubernetes does not have itself.
  public var group: String
  /// Plural, in lower case.
  public var name: String

  public static let namespaces = AdapterResource(group: "", name: "namespaces")
  public static let pods = AdapterResource(group: "", name: "pods")
  public static let nodes = AdapterResource(group: "", name: "nodes")
  public static let persistentVolumes = AdapterResource(group: "", name: "persistentvolumes")

  private init(group: String, name: String) {
    self.group = group
    self.name = name
  }

  /// Of Kubernetes itself, by its plural or singular; `group` may be empty or the beginning of one
  /// (`DefaultRESTMapper.ResourcesFor`).
  public init?(group: String, resource: String) {
    let word = resource.lowercased()
    let named = AdapterResource.known.filter { $0.plural == word || $0.singular == word }
    let exact = named.first { $0.group == group }
    guard let entry = exact ?? named.first(where: { $0.group.hasPrefix(group) }) else { return nil }
    self.init(group: entry.group, name: entry.plural)
  }

  /// Of a kind that Kubernetes may not have itself.
  public init(kind: String) {
    let word = kind.lowercased()
    if let entry = AdapterResource.known.first(where: { $0.kind == kind }) {
      self.init(group: entry.group, name: entry.plural)
    } else {
      self.init(guessed: word)
    }
  }

  /// Not of Kubernetes itself, by its plural or singular.
  init(custom word: String) {
    let word = word.lowercased()
    if word.hasSuffix("s") { self.init(group: "", name: word) } else { self.init(guessed: word) }
  }

  /// As most resources are called.
  private init(guessed singular: String) {
    let beforeLast = singular.dropLast().last ?? "a"
    let name =
      switch singular.last {
      case "s": singular + "es"
      case "y" where !"aeiou".contains(beforeLast): String(singular.dropLast()) + "ies"
      default: singular + "s"
      }
    self.init(group: "", name: name)
  }

  /// Whether the adapter takes its metrics for metrics of a namespace.
  public var isNamespaced: Bool {
    self != .namespaces && self != .nodes && self != .persistentVolumes
  }

  /// As the templates of labels have it.
  var singular: String {
    for entry in AdapterResource.known where entry.group == group && entry.plural == name {
      return entry.singular
    }
    if name.hasSuffix("ies") { return name.dropLast(3) + "y" }
    return name.hasSuffix("s") ? String(name.dropLast()) : name
  }

  /// All words that name a resource of Kubernetes itself.
  public static let words: [String] = known.flatMap { [$0.singular, $0.plural] }

  private struct Entry: Sendable {
    var group: String
    var kind: String
    var plural: String
    var singular: String
  }

  /// Of two groups with one resource, the preferred one first.
  private static let known: [Entry] = [
    ("", "Binding ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume"),
    ("", "PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret"),
    ("", "Service ServiceAccount"),
    ("apps", "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet"),
    ("events.k8s.io", "Event"),
    ("autoscaling", "HorizontalPodAutoscaler"),
    ("batch", "CronJob Job"),
    ("certificates.k8s.io", "CertificateSigningRequest"),
    ("networking.k8s.io", "Ingress IngressClass NetworkPolicy IPAddress ServiceCIDR"),
    ("policy", "PodDisruptionBudget"),
    ("rbac.authorization.k8s.io", "ClusterRole ClusterRoleBinding Role RoleBinding"),
    ("storage.k8s.io", "CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment"),
    ("admissionregistration.k8s.io", "MutatingWebhookConfiguration"),
    ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration ValidatingAdmissionPolicy"),
    ("apiextensions.k8s.io", "CustomResourceDefinition"),
    ("apiregistration.k8s.io", "APIService"),
    ("scheduling.k8s.io", "PriorityClass"),
    ("coordination.k8s.io", "Lease"),
    ("node.k8s.io", "RuntimeClass"),
    ("discovery.k8s.io", "EndpointSlice"),
    ("flowcontrol.apiserver.k8s.io", "FlowSchema PriorityLevelConfiguration"),
  ].flatMap { (group: String, kinds: String) in
    kinds.split(separator: " ").map { kind in
      let singular = kind.lowercased()
      let plural =
        kind == "Endpoints" ? singular : AdapterResource(guessed: singular).name
      return Entry(group: group, kind: String(kind), plural: plural, singular: singular)
    }
  }
}
