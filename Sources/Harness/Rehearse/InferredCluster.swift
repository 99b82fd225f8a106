import ClusterAPI

/// Nodes of 4 cores and 16 GiB, larger where one pod asks for more: enough for all workloads and half
/// as much again, at least three. What DaemonSets take is not there for others.
struct InferredCluster {
  var nodes = 3
  var machine: ResourceList = [:]
  var labels: Labels = ["kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64"]

  /// What Kubernetes is made for at most.
  private static let mostNodes: Int64 = 5000
  /// Amounts above count as this: nobody has them, and their sums stay numbers.
  private static let most: Int64 = 1 << 50

  private static func sum(_ total: Int64, _ amount: Int64, times count: Int64) -> Int64 {
    let (product, isTooLarge) = amount.multipliedReportingOverflow(by: count)
    return isTooLarge || product > most ? most : min(most, total + product)
  }

  private static let hostname = "kubernetes.io/hostname"

  private typealias Room = (cpu: Int64, memory: Int64, pods: Int64)

  private var total: Room = (0, 0, 0)
  private var largest: Room = (0, 0, 0)
  private var onEach: Room = (0, 0, 0)
  private var others: ResourceList = [:]

  init(_ objects: [ClusterObject]) {
    for object in objects {
      switch object {
      case .deployment(let it): add(it.spec.template.spec, times: it.spec.replicas)
      case .statefulSet(let it): add(it.template.spec, times: it.replicas)
      case .job(let it): add(it.template.spec, times: it.parallelism)
      case .pod(let it): add(it.spec, times: 1)
      case .daemonSet(let it):
        let room = room(it.template.spec)
        onEach = (onEach.cpu + room.cpu, onEach.memory + room.memory, onEach.pods + 1)
      default: break
      }
    }
    var (cores, gibi): (Int64, Int64) = (4, 16)
    var free: Room { (cores * 1000 - onEach.cpu, gibi << 30 - onEach.memory, 110 - onEach.pods) }
    // No machine is larger than 16 PiB, whatever somebody writes.
    while gibi < 1 << 24,
      free.cpu < max(largest.cpu * 3 / 2, 1000)
        || free.memory < max(largest.memory * 3 / 2, 1 << 30)
    {
      cores *= 2
      gibi *= 2
    }
    machine = ["cpu": Quantity(cores), "memory": Quantity(gibi << 30), "pods": Quantity(110)]
    for (name, amount) in others { machine[name] = amount }
    let byCPU = (total.cpu * 3 / 2 + free.cpu - 1) / max(1, free.cpu)
    let byMemory = (total.memory * 3 / 2 + free.memory - 1) / max(1, free.memory)
    let byPods = total.pods / max(1, min(80, free.pods)) + 1
    nodes = Int(min(Self.mostNodes, max(3, byCPU, byMemory, byPods)))
  }

  private mutating func add(_ spec: PodSpec, times count: Int) {
    let (room, count) = (room(spec), Int64(count))
    total = (
      Self.sum(total.cpu, room.cpu, times: count),
      Self.sum(total.memory, room.memory, times: count),
      Self.sum(total.pods, 1, times: count)
    )
    largest = (max(largest.cpu, room.cpu), max(largest.memory, room.memory), 1)
    for (key, value) in spec.nodeSelector { labels[key] = value }
    // What the pods insist on is there; where they say how else, the first way.
    for term in (spec.affinity.node?.required ?? []).prefix(1) {
      for expression in term.matchExpressions where labels[expression.key] == nil {
        switch expression.op {
        case .in: labels[expression.key] = expression.values.first
        case .exists: labels[expression.key] = "true"
        case .greaterThan:
          labels[expression.key] = expression.values.first.flatMap { Int($0) }.map { "\($0 + 1)" }
        default: break
        }
      }
    }
    for constraint in spec.topologySpreadConstraints
    where labels[constraint.topologyKey] == nil && constraint.topologyKey != Self.hostname
      && !constraint.topologyKey.hasSuffix("/zone")
    {
      labels[constraint.topologyKey] = "a"
    }
    for container in spec.containers {
      for (name, amount) in container.resources.requests
      where name != "cpu" && name != "memory" && name != "ephemeral-storage" {
        others[name] = max(others[name] ?? amount, Quantity(min(Self.most, amount.value) * 4))
      }
    }
  }

  /// What a pod asks for; one that says nothing takes something too.
  private func room(_ spec: PodSpec) -> Room {
    var (cpu, memory): (Int64, Int64) = (0, 0)
    for container in spec.containers {
      cpu += min(Self.most, container.resources.requests["cpu"]?.milliValue ?? 100)
      memory += min(Self.most, container.resources.requests["memory"]?.value ?? 200 << 20)
    }
    return (min(cpu, Self.most / 1024), min(memory, Self.most), 1)
  }
}
