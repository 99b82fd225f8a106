import ClusterAPI
import Kernel
public import Units
import Verdict
import World

/// A run of the manifests as they are: what is usual before anything is changed.
struct Baseline: Sendable {
  /// What 99 % of the requests to each Service stay within, as its clients see it; nil where none is
  /// answered.
  var usualLatency: Span?
  /// Names of the alerts that fire, or would if it went on.
  var alerts: Set<String> = []
  var obstacle: Obstacle?

  init(_ scenario: Scenario, _ workload: ObjectKey) {
    let plan = Plan(scenario)
    var world = World(plan.options(seed: 1))
    var questions = plan.requestQuestions
    (questions.seed, questions.rules) = (1, scenario.rules)
    questions.expect.objectives = Set(scenario.loads.map(\.service)).map {
      .init(service: $0, limit: .latency(quantile: Ratio(ppm: 990_000), .zero))
    }
    let trace = plan.watched(&world, questions, subjects: [])
    for entry in trace.timeline {
      switch entry.happening {
      case .alertFires(let name, _), .alertPending(let name, _, _): alerts.insert(name)
      default: continue
      }
    }
    usualLatency = trace.objectives.values.compactMap(\.latency).max()
    let stored = world.objects.first { $0.key == workload }
    guard let stored, let (available, wanted) = Obstacle.pods(of: stored), available < wanted else {
      return
    }
    var reason: String?
    for entry in world.timeline {
      guard let (pod, text) = Obstacle.failure(entry.happening) else { continue }
      let owner = world.pods.views[pod.index].owner
      if world.owners[owner.index].workload == workload { reason = text }
    }
    obstacle = Obstacle(
      available: available, wanted: wanted, after: world.now - .zero, reason: reason)
  }
}

/// Why a workload does not become available as it is: then there is nothing to rehearse.
public struct Obstacle: Hashable, Sendable {
  public var available: Int
  public var wanted: Int
  public var after: Span
  /// The last failure of a pod; nil where pods have only not become ready yet.
  public var reason: String?

  /// Available ones and how many there should be; nil: not a workload.
  static func pods(of object: ClusterObject) -> (available: Int, wanted: Int)? {
    switch object {
    case .deployment(let it): (it.status.availableReplicas, it.spec.replicas)
    case .statefulSet(let it): (it.status.availableReplicas, it.replicas)
    case .daemonSet(let it): (it.status.numberAvailable, it.status.desiredNumberScheduled)
    default: nil
    }
  }

  /// The pod, and what hinders it.
  static func failure(_ happening: Happening) -> (pod: PodID, text: String)? {
    switch happening {
    case .podUnschedulable(let pod, let message): (pod, "FailedScheduling: \(message)")
    case .imagePullFailed(let pod): (pod, "ErrImagePull")
    case .outOfMemory(let pod): (pod, "OOMKilled: a container needs more memory than its limit")
    case .crashLoopBackOff(let pod, _):
      (pod, "CrashLoopBackOff: a container ends again and again")
    case .probeFailed(let pod, let kind, let timedOut):
      (pod, "the \(kind.rawValue) probe \(timedOut ? "times out" : "fails")")
    default: nil
    }
  }

  public var words: String {
    let seconds = after.ns / 1_000_000_000
    return "\(available) of \(wanted) pods are available after \(seconds) s without any change: "
      + (reason ?? "they are not ready yet")
  }
}
