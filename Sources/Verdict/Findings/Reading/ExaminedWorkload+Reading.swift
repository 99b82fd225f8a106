import ClusterAPI
import Control

// What several rules ask of a workload.
extension ExaminedWorkload {
  var namespace: String { key.namespace }

  /// Fields of the pods that are kept but not simulated, by their paths.
  var unmodelled: [UnmodelledField] {
    if case .pod(let pod) = object { pod.unmodelled } else { template.unmodelled }
  }

  /// A field of a container that is kept but not simulated.
  ///
  /// - Parameter path: below the container.
  func unmodelled(_ path: String, of container: Container) -> DocumentValue? {
    let place: String
    if let index = spec.containers.firstIndex(where: { $0.name == container.name }) {
      place = ".containers[\(index)]."
    } else if let index = spec.initContainers.firstIndex(where: { $0.name == container.name }) {
      place = ".initContainers[\(index)]."
    } else {
      return nil
    }
    return unmodelled.first { $0.path.hasSuffix(place + path) }?.value
  }

  /// How many pods more than wanted there may be during an update of a Deployment; 0 elsewhere.
  var surge: Int {
    guard case .deployment(let it) = object, it.spec.strategy.kind == .rollingUpdate,
      let posts = try? Fenceposts(
        maxSurge: it.spec.strategy.maxSurge, maxUnavailable: it.spec.strategy.maxUnavailable,
        replicas: replicas)
    else { return 0 }
    return posts.surge
  }

  /// Whether it runs for as long as nobody ends it, and another pod follows one that is gone.
  var isLasting: Bool {
    switch object {
    case .deployment, .statefulSet, .daemonSet: true
    default: false
    }
  }

  var isDaemonSet: Bool { if case .daemonSet = object { true } else { false } }

  var isDeployment: Bool { if case .deployment = object { true } else { false } }

  /// Words of its name, of the labels that say what it is, and of its programs.
  var nameWords: Set<String> {
    let keys = [
      "app", "name", "component", "k8s-app", "app.kubernetes.io/name",
      "app.kubernetes.io/component", "control-plane",
    ]
    let programs = spec.containers.flatMap { container in
      [
        container.program ?? "",
        String(container.image.lastComponent.split(separator: ":").first ?? ""),
      ]
    }
    let texts = [key.name] + keys.compactMap { template.labels[$0] } + programs
    return Set(
      texts.flatMap { $0.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init) })
  }
}

extension Container {
  /// The probes with what they are for.
  var probes: [(kind: ProbeKind, probe: Probe)] {
    [(ProbeKind.startup, startupProbe), (.readiness, readinessProbe), (.liveness, livenessProbe)]
      .compactMap { kind, probe in probe.map { (kind, $0) } }
  }

  /// The number of a port that a probe or a Service names; nil: the container declares none such.
  func number(of port: IntOrString) -> Int? {
    switch port {
    case .int(let number): Int(number)
    case .string(let name):
      ports.first { $0.name == name }?.containerPort ?? Int(name)
    }
  }
}
