import ClusterAPI
import Kernel
import Units

@testable import World

/// StatefulSets and DaemonSets on a few nodes, and what became of their pods.
enum SetRig {
  static let key = ObjectKey(.statefulSet, namespace: "default", name: "db")
  static let agentKey = ObjectKey(.daemonSet, namespace: "default", name: "agent")

  static func template(_ image: String, label: String) -> PodTemplate {
    var container = Container(name: "main", image: image)
    container.resources.requests = ["cpu": Quantity(milli: 100)]
    var probe = Probe(handler: .httpGet(path: "/", port: .int(80), scheme: "HTTP"))
    probe.periodSeconds = 1
    container.readinessProbe = probe
    return PodTemplate(labels: ["app": label], spec: PodSpec(containers: [container]))
  }

  static func db(
    _ image: String = "db:v1", replicas: Int = 3, _ change: (inout StatefulSet) -> Void = { _ in }
  ) -> StatefulSet {
    var set = StatefulSet(
      meta: ObjectMeta(name: "db"), selector: LabelSelector(matchLabels: ["app": "db"]),
      template: template(image, label: "db"))
    set.replicas = replicas
    change(&set)
    return set
  }

  static func agent(
    _ image: String = "agent:v1", _ change: (inout DaemonSet) -> Void = { _ in }
  ) -> DaemonSet {
    var set = DaemonSet(
      meta: ObjectMeta(name: "agent"), selector: LabelSelector(matchLabels: ["app": "agent"]),
      template: template(image, label: "agent"))
    change(&set)
    return set
  }

  static func world(
    seed: UInt64 = 1, _ objects: [ClusterObject], nodes: Int = 3,
    _ change: (inout WorldOptions) -> Void = { _ in }
  ) -> World {
    var options = ClusterRig.options(
      seed: seed, (0..<nodes).map { ClusterRig.node("n\($0)", zone: "z\($0)") }, objects)
    var broken = ImageProfile(match: "*:broken")
    broken.neverReady = true
    options.profiles = [broken, ImageProfile(match: "*")]
    change(&options)
    return World(options)
  }
}

extension World {
  /// `created db-0 v1`, `ready ...`, `terminating ...`, `gone ...`, from an instant on.
  func steps(after: Instant = .zero) -> [String] {
    timeline.filter { $0.at >= after }.compactMap { entry in
      switch entry.happening {
      case .podCreated(let pod): "created \(words(pod))"
      case .podReady(let pod): "ready \(words(pod))"
      case .podTerminating(let pod): "terminating \(words(pod))"
      case .podGone(let pod): "gone \(words(pod))"
      default: nil
      }
    }
  }

  private func words(_ pod: PodID) -> String {
    let image = templates[pods.templates[pod.index].index].template.spec.containers[0].image
    return "\(podName(pod)) \(image.split(separator: ":").last ?? "")"
  }

  /// `db-0 v1`, ...: the pods that are there and not terminating, by name.
  var living: [String] {
    pods.views.indices.filter { !pods.views[$0].gone && !pods.views[$0].terminating }
      .map { words(PodID($0)) + (pods.views[$0].ready ? "" : " not ready") }.sorted()
  }

  /// Of the only StatefulSet, and of the only DaemonSet.
  var db: StatefulSet? { workloads.statefulSets.rows.compactMap { $0 }.first }
  var agent: DaemonSet? { workloads.daemonSets.rows.compactMap { $0 }.first }

  /// Image and number of each revision that is there, by number.
  var revisionNumbers: [String] {
    workloads.revisions.compactMap { $0 }.sorted { $0.revision < $1.revision }
      .map { "\($0.template.spec.containers[0].image) \($0.revision)" }
  }
}
