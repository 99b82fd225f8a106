import ClusterAPI
import Kernel
import Units

extension World {
  /// The row of a template; equal templates have one row.
  mutating func intern(_ template: PodTemplate) -> TemplateID {
    if let known = templates.firstIndex(where: { $0.template == template }) {
      return TemplateID(known)
    }
    var containers: [ContainerTemplate] = []
    for container in template.spec.initContainers {
      let role: ContainerTemplate.Role =
        container.restartPolicy == "Always" ? .sidecar : .initial
      containers.append(prepare(container, role, template.spec))
    }
    for (index, container) in template.spec.containers.enumerated() {
      containers.append(prepare(container, index == 0 ? .server : .regular, template.spec))
    }
    templates.append(TemplateRow(template, containers: containers))
    return TemplateID(templates.count - 1)
  }

  private mutating func prepare(
    _ container: Container, _ role: ContainerTemplate.Role, _ spec: PodSpec
  ) -> ContainerTemplate {
    let profile = options.profiles.first { Wildcard.matches($0.match, container.image) }
    return ContainerTemplate(
      container, role: role, image: image(of: container),
      profile: profile ?? ImageProfile(match: "*"), restartPolicy: spec.restartPolicy)
  }

  private mutating func image(of container: Container) -> ImageID {
    if let known = imageNames.firstIndex(of: container.image) { return ImageID(known) }
    imageNames.append(container.image)
    return ImageID(imageNames.count - 1)
  }

  mutating func newUID() -> UInt64 {
    lastUID += 1
    return lastUID
  }

  mutating func create(_ deployment: Deployment) {
    var stored = deployment
    stored.meta.uid = newUID()
    stored.meta.generation = 1
    stored.meta.creationTimestamp = Timestamp(queue.now)
    stored.meta.resourceVersion = log.nextVersion()
    let id = DeploymentID(deploymentRows.count)
    deploymentRows.append(stored)
    deploymentNames.append(id.index, stored.meta)
    noteScale(of: .deployment(stored))
    log.append(.deployment(id, stored), at: queue.now)
    note(.applied(ClusterObject.deployment(stored).key))
  }

  func deploymentID(_ key: ObjectKey) -> DeploymentID? {
    deploymentNames.row(namespace: key.namespace, name: key.name) { deploymentRows[$0] != nil }
      .map { DeploymentID($0) }
  }

  func replicaSetID(_ key: ObjectKey) -> ReplicaSetID? {
    replicaSetNames.row(namespace: key.namespace, name: key.name) { replicaSets[$0] != nil }
      .map { ReplicaSetID($0) }
  }

  /// Stores a spec; a changed one raises the generation.
  mutating func store(_ id: DeploymentID, spec: DeploymentSpec) {
    guard var stored = deploymentRows[id.index], stored.spec != spec else { return }
    stored.spec = spec
    noteScale(of: .deployment(stored))
    stored.meta.generation += 1
    stored.meta.resourceVersion = log.nextVersion()
    deploymentRows[id.index] = stored
    log.append(.deployment(id, stored), at: queue.now)
  }

  /// Stores what changed of a pod.
  mutating func storePod(_ id: PodID) {
    _ = log.nextVersion()
    log.append(.pod(id, pods.views[id.index]), at: queue.now)
  }
}

/// A pattern in which `*` stands for any characters.
public enum Wildcard {
  public static func matches(_ pattern: String, _ text: String) -> Bool {
    let (p, t) = (Array(pattern.utf8), Array(text.utf8))
    var (i, j, star, mark) = (0, 0, -1, 0)
    while j < t.count {
      if i < p.count, p[i] == UInt8(ascii: "*") {
        star = i
        mark = j
        i += 1
      } else if i < p.count, p[i] == t[j] {
        i += 1
        j += 1
      } else if star >= 0 {
        mark += 1
        (i, j) = (star + 1, mark)
      } else {
        return false
      }
    }
    while i < p.count, p[i] == UInt8(ascii: "*") { i += 1 }
    return i == p.count
  }
}
