public import ClusterAPI
import Kernel
public import Units
public import World

/// What a run leaves behind for judgement: a plain value, so that a test can write one by hand.
public struct RunTrace: Sendable {
  public struct Pod: Hashable, Sendable {
    public var name: String
    /// The Deployment, or what else it counts for.
    public var workload: ObjectKey
    /// Index into `replicaSets`.
    public var replicaSet: Int

    public init(name: String, workload: ObjectKey, replicaSet: Int) {
      self.name = name
      self.workload = workload
      self.replicaSet = replicaSet
    }
  }

  /// One load's requests, by intervals from the first instant on.
  public struct Load: Sendable {
    public var service: ObjectKey
    public var interval: Span
    /// As the load's clients saw them.
    public var requests: [Tally]
    /// Single attempts at pods, by ReplicaSet.
    public var attempts: [(replicaSet: Int, tallies: [Tally])]

    public init(
      service: ObjectKey, interval: Span, requests: [Tally],
      attempts: [(replicaSet: Int, tallies: [Tally])] = []
    ) {
      self.service = service
      self.interval = interval
      self.requests = requests
      self.attempts = attempts
    }
  }

  /// A Deployment, a StatefulSet or a DaemonSet that the change is about.
  public struct Subject: Hashable, Sendable {
    public var key: ObjectKey
    /// The template before the change, and the one that the change wants.
    public var before: PodTemplate
    public var target: PodTemplate
    /// Whether a rollback guard watches it, so that only its decision ends the rollout.
    public var isGuarded: Bool

    public init(key: ObjectKey, before: PodTemplate, target: PodTemplate, isGuarded: Bool) {
      self.key = key
      self.before = before
      self.target = target
      self.isGuarded = isGuarded
    }
  }

  /// Empty where none is changed.
  public var subjects: [Subject]
  /// Judgement begins here: at the change, or where there is none, at the end of the warm-up.
  public var changeAt: Instant
  /// The last scripted fault has ended; the quiet phase begins.
  public var quietFrom: Instant
  public var end: Instant
  public var timeline: [TimelineEntry] = []
  /// By pod id.
  public var pods: [Pod] = []
  /// ReplicaSets, and whatever else pods are made from.
  public var replicaSets: [ObjectKey] = []
  /// Names by node id.
  public var nodes: [String] = []
  public var loads: [Load] = []
  /// As they are stored at the end, by key.
  public var objects: [ClusterObject] = []
  public var decisions: [TakenDecision] = []
  /// How many pods Deployments and StatefulSets were to have; ascending in time.
  public var scales: [WorkloadScale] = []

  /// To the expected queries, in their order.
  public var answers: [QueryAnswer] = []
  /// What clients saw, by the limit that it must keep or exceed.
  public var objectives: [Expectation.Objective: ObjectiveAnswer] = [:]
  /// What clients saw over time; nil: there is no load.
  public var seen: RequestAnswers?
  /// How many pods were ready over time; nil: nobody asked.
  public var ready: ReadyAnswers?
  /// What its rules found; nil: there are none.
  public var alerts: AlertHistory?

  public init(subjects: [Subject], changeAt: Instant, quietFrom: Instant, end: Instant) {
    self.subjects = subjects
    self.changeAt = changeAt
    self.quietFrom = quietFrom
    self.end = end
  }

  /// The trace of a world that has run until `end`.
  public init(
    _ world: borrowing World, subjects: [Subject], changeAt: Instant, quietFrom: Instant,
    end: Instant
  ) {
    self.init(subjects: subjects, changeAt: changeAt, quietFrom: quietFrom, end: end)
    timeline = Array(world.timeline)
    replicaSets = world.owners.map(\.key)
    nodes = world.nodes.rows.map(\.spec.name)
    objects = world.objects
    decisions = world.decisions
    scales = Array(world.scales)
    for index in world.pods.views.indices {
      let owner = world.pods.views[index].owner
      pods.append(
        Pod(
          name: world.podName(PodID(index)),
          workload: world.owners[owner.index].workload, replicaSet: owner.index))
    }
    for (index, spec) in world.options.loads.enumerated() {
      var load = Load(
        service: spec.service, interval: world.options.seriesInterval,
        requests: world.traffic.series(LoadID(index)))
      for set in world.owners.indices {
        let tallies = world.traffic.series(LoadID(index), revision: UInt32(set))
        if !tallies.isEmpty { load.attempts.append((set, tallies)) }
      }
      loads.append(load)
    }
  }

  /// Takes what was measured; alerts stand among what happened.
  public mutating func take(_ watch: MetricWatch) {
    (answers, alerts) = (watch.answers, watch.alerts)
    (objectives, seen, ready) = (watch.objectives, watch.seen, watch.ready)
    guard let alerts else { return }
    for entry in alerts.happenings {
      let place = timeline.firstIndex { $0.at > entry.at } ?? timeline.endIndex
      timeline.insert(entry, at: place)
    }
  }

  /// The workloads whose bounds are judged, as they are stored at the end: the subjects, or all
  /// Deployments where none is changed.
  public var judged: [ClusterObject] {
    if !subjects.isEmpty {
      return subjects.compactMap { subject in objects.first { $0.key == subject.key } }
    }
    return objects.filter { $0.kind == .deployment }
  }
}

extension RunTrace.Load {
  /// The index of the interval in which `at` lies.
  func interval(at: Instant) -> Int { Int(at.ns / interval.ns) }

  func begin(_ index: Int) -> Instant { Instant(ns: Int64(index) * interval.ns) }
}
