import ClusterAPI
import Control
import Kernel
import Units
import Verdict
import World

/// A cluster of one node and one pod of one container: what an assumed quantity does to it.
struct ContainerTrial {
  private let container: Container
  private let gracePeriod: Int
  /// What the longest probe needs to say no, and as long again.
  private let patience: Span
  private static let image = "trial"
  private static let service = ObjectKey(.service, namespace: "default", name: "trial")

  init(_ container: Container, of workload: ExaminedWorkload) {
    var container = container
    container.image = ContainerTrial.image
    container.imagePullPolicy = .ifNotPresent
    container.restartPolicy = nil
    container.environment = []
    container.environmentFrom = []
    // A server has none of its own here: the quantities say when it serves.
    container.resources.requests = [:]
    container.resources.limits = container.resources.limits["memory"].map { ["memory": $0] } ?? [:]
    self.container = container
    gracePeriod = workload.spec.terminationGracePeriodSeconds
    var seconds: Int64 = 60
    for probe in [container.startupProbe, container.livenessProbe, container.readinessProbe] {
      guard let rule = probe.map({ ProbeRule($0) }) else { continue }
      let each = rule.period + rule.timeout
      let most = Int64(max(rule.failureThreshold, rule.successThreshold)) + 2
      seconds += rule.initialDelaySeconds + (each * most).ns / 1_000_000_000
    }
    patience = .seconds(seconds)
  }

  /// A run with the quantity at a value; what is bad begins at its change.
  func run(_ quantity: AssumedQuantity, _ value: Int64) -> RunTrace {
    var profile = ImageProfile(match: "*")
    profile.size = .mebi(1)
    profile.startup = .constant(.seconds(1))
    profile.memory.base = .mebi(1)
    profile.readyWhenListening = true
    var options = WorldOptions(seed: 1)
    var (changeAt, end) = (Instant.zero, Instant.zero + patience)
    var stalls: [(at: Instant, latency: Span)] = []
    switch quantity {
    case .startup:
      profile.startup = .constant(.seconds(value))
      end = .zero + .seconds(value) + .seconds(60)
    case .probeAnswer: options.latencies.probe = .milliseconds(value)
    case .unresponsive:
      // Once in each phase of the probes.
      let length = Span.milliseconds(value)
      changeAt = .zero + patience
      end = changeAt
      for phase in 0..<ContainerTrial.phases {
        let begin = end + period * Int64(phase) / Int64(ContainerTrial.phases)
        stalls.append((begin, .seconds(1_000_000)))
        stalls.append((begin + length, options.latencies.probe))
        end = begin + length + patience
      }
    case .memory: profile.memory.base = .mebi(value)
    case .request:
      profile.serviceTime = .constant(.seconds(value))
      profile.concurrency = 1_000_000
      changeAt = .zero + patience + .seconds(value)
      end = changeAt + .seconds(value + Int64(gracePeriod)) + patience
      var load = LoadSpec(
        service: ContainerTrial.service, curve: .constant(milliRate: 500))
      load.timeout = nil
      load.poisson = false
      options.loads = [load]
    case .cpu, .lostNodes, .clusterCPU, .clusterMemory:
      preconditionFailure("\(quantity) is no quantity of one container")
    }
    options.profiles = [profile]
    options.nodes = [
      NodeSpec(
        name: "node",
        allocatable: [
          "cpu": Quantity(64), "memory": Quantity(1 << 50), "pods": Quantity(110),
        ])
    ]
    options.objects = [.deployment(deployment), .service(service)]
    var world = World(options)
    for (at, latency) in stalls {
      var change = BehaviourChange()
      change.probeLatency = latency
      world.schedule(.behaviour(image: "*", change), at: at)
    }
    if quantity == .request { world.schedule(Change.restart(key), at: changeAt) }
    world.run(until: end)
    return RunTrace(world, subjects: [], changeAt: changeAt, quietFrom: end, end: end)
  }

  private static let phases = 6

  private var period: Span {
    let all = [container.livenessProbe, container.readinessProbe].compactMap { $0 }
    return .seconds(Int64(all.map(\.periodSeconds).max() ?? 10))
  }

  private var key: ObjectKey { ClusterObject.deployment(deployment).key }

  private var deployment: Deployment {
    let labels: Labels = ["app": "trial"]
    var spec = PodSpec(containers: [container])
    spec.terminationGracePeriodSeconds = gracePeriod
    return Deployment(
      meta: ObjectMeta(name: "trial"),
      spec: DeploymentSpec(
        selector: LabelSelector(matchLabels: labels),
        template: PodTemplate(labels: labels, spec: spec)))
  }

  private var service: Service {
    var service = Service(meta: ObjectMeta(name: "trial"), selector: ["app": "trial"])
    service.ports = [ServicePort(port: 80, targetPort: .int(80))]
    return service
  }
}
