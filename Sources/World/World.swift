public import ClusterAPI
public import Kernel
public import Units
import Control

/// A simulated cluster: what happens, and nothing of what is decided.
///
/// Three doors change it: `handle(event)`, `apply(command)`, `disturb(disturbance)`. It holds values
/// only, so that `fork()` is a copy that goes its own way.
public struct World: ~Copyable, Sendable {
  public let options: WorldOptions
  /// A value of a type that only has an address keeps the whole world in its place. Else the compiler
  /// takes the world for a value in registers, and copies its 1.8 KB for each call of a function that
  /// only reads it.
  private let place: any Sendable = ()
  var queue = EventQueue()
  /// Of the events alone; `digest` says what came of them too.
  var eventDigest = TraceDigest()
  /// State-changing events handled so far.
  public internal(set) var eventCount: Int64 = 0
  public internal(set) var log = RevisionLog()
  public internal(set) var timeline = History<TimelineEntry>()
  /// Objects that no controller of this world acts on, as they are stored.
  public internal(set) var documents: [ClusterObject] = []

  /// By id; nil: deleted; so with the next two.
  var deploymentRows: [Deployment?] = []
  var deploymentNames = NameIndex()
  var budgetRows: [PodDisruptionBudget?] = []
  var autoscalerRows: [HorizontalPodAutoscaler?] = []
  var autoscalerNames = NameIndex()
  public internal(set) var workloads = Workloads()
  /// How many pods each Deployment and StatefulSet was to have, over time.
  public internal(set) var scales = History<WorkloadScale>()
  /// By owner; nil: deleted, or something else.
  public internal(set) var replicaSets: [ReplicaSet?] = []
  var replicaSetNames = NameIndex()
  /// All that pods ever were made from; the ReplicaSets among them have their objects above.
  public internal(set) var owners: [PodOwner] = []
  var ownerIndex = OwnerIndex()
  public internal(set) var pods = PodTable()
  var singlePods: [SinglePod] = []
  var containers = ContainerTable()
  /// By node.
  var pulls: [ImagePulls] = []
  public internal(set) var nodes: NodeTable
  public internal(set) var services = ServiceTable()
  public internal(set) var traffic: Traffic
  public internal(set) var templates: [TemplateRow] = []
  var imageNames: [String] = []
  var lastUID: UInt64 = 0

  var manager: ControllerManager
  var scheduler: SchedulerState
  var guards: GuardProcess
  public internal(set) var decisions: [TakenDecision] = []
  /// Decisions that are to be answered otherwise than they propose.
  public var overrides: [DecisionOverride] = []
  var volumeClaims = ClaimTable()
  var api: APIServer
  var admission = AdmissionState()
  var metrics = MetricsServer()
  var adapter = MetricsAdapter()
  var changes: [Change] = []
  var disturbances: [Disturbance] = []
  /// Patterns of images that the registry does not deliver now.
  var failingImages: [String] = []
  /// What exporters have shown to the cluster's Prometheus, where somebody reads it.
  var feed: TelemetryFeed?
  /// The same of `options.closeUp`.
  var closeUp: TelemetryFeed?
  var notes = TelemetryNotes()
  var injection = IstioInjection([])
  public internal(set) var behaviours: [(image: String, change: BehaviourChange)] = []

  public init(_ options: WorldOptions) {
    self.options = options
    nodes = NodeTable(options.nodes)
    api = APIServer(options.latencies, seed: options.seed)
    scheduler = SchedulerState(options.latencies)
    manager = ControllerManager(workers: 5, autoscaling: options.autoscaling)
    guards = GuardProcess(options.latencies)
    traffic = Traffic(
      seed: options.seed, interval: options.seriesInterval, hop: options.latencies.networkHop)
    log.keepsAll = [options.telemetry, options.closeUp].contains {
      $0?.wanted.wantsCluster ?? false
    }
    openNodes()
    openServices()
    for object in options.objects {
      switch object {
      case .deployment(let deployment): create(deployment)
      case .statefulSet(let set): create(set)
      case .daemonSet(let set): create(set)
      case .job(let job): create(job)
      case .service, .pod: break
      case .resourceQuota(let quota): create(quota)
      case .podDisruptionBudget(let budget): apply(budget)
      case .horizontalPodAutoscaler(let autoscaler): create(autoscaler)
      default: documents.append(object)
      }
    }
    openFeeds()
    countQuotas()
    for case .pod(let pod) in options.objects { create(pod) }
    wakeCursors()
  }

  private init(
    copy options: WorldOptions, queue: consuming EventQueue, nodes: NodeTable,
    manager: ControllerManager, api: APIServer
  ) {
    self.options = options
    self.queue = queue
    self.nodes = nodes
    self.manager = manager
    self.api = api
    scheduler = SchedulerState(options.latencies)
    guards = GuardProcess(options.latencies)
    traffic = Traffic(seed: options.seed, interval: options.seriesInterval)
  }

  /// A world that is alike in everything and goes its own way from here.
  public func fork() -> World {
    var copy = World(copy: options, queue: queue.fork(), nodes: nodes, manager: manager, api: api)
    copy.eventDigest = eventDigest
    copy.eventCount = eventCount
    copy.log = log
    copy.documents = documents
    copy.services = services
    copy.traffic = traffic.fork()
    copy.timeline = timeline
    copy.deploymentRows = deploymentRows
    copy.deploymentNames = deploymentNames
    copy.budgetRows = budgetRows
    copy.autoscalerRows = autoscalerRows
    copy.autoscalerNames = autoscalerNames
    copy.workloads = workloads
    copy.scales = scales
    copy.replicaSets = replicaSets
    copy.replicaSetNames = replicaSetNames
    copy.owners = owners
    copy.ownerIndex = ownerIndex
    copy.pods = pods
    copy.singlePods = singlePods
    copy.containers = containers
    copy.pulls = pulls
    copy.templates = templates
    copy.imageNames = imageNames
    copy.lastUID = lastUID
    copy.scheduler = scheduler
    copy.guards = guards
    copy.decisions = decisions
    copy.overrides = overrides
    copy.admission = admission
    copy.metrics = metrics
    copy.adapter = adapter
    copy.volumeClaims = volumeClaims
    copy.changes = changes
    copy.disturbances = disturbances
    copy.behaviours = behaviours
    copy.failingImages = failingImages
    copy.feed = feed
    copy.closeUp = closeUp
    copy.notes = notes
    copy.injection = injection
    return copy
  }

  public var now: Instant { queue.now }

  /// Schedules a write by the user.
  public mutating func schedule(_ change: Change, at: Instant) {
    changes.append(change)
    push(.change, changes.count - 1, at: at)
  }

  /// Schedules a disturbance.
  public mutating func schedule(_ disturbance: Disturbance, at: Instant) {
    disturbances.append(disturbance)
    push(.disturbance, disturbances.count - 1, at: at)
  }

  /// Handles every event before `limit`.
  public mutating func run(until limit: Instant) {
    // So that no more is noted than exporters have yet to show.
    while let through = feed?.through ?? closeUp?.through,
      queue.now + World.scrapeStep < limit
    {
      let part = max(through, queue.now) + World.scrapeStep
      if part >= limit { break }
      runEvents(until: part)
      scrape(through: part)
    }
    runEvents(until: limit)
  }

  private static var scrapeStep: Span { .minutes(5) }

  private mutating func runEvents(until limit: Instant) {
    while let (event, at) = queue.pop(before: limit) {
      if event.kind >= TrafficEvent.arrives.rawValue {
        handleTraffic(event, at)
      } else {
        handle(event, at)
      }
    }
  }

  /// Handles the next event before `limit`; false when there is none.
  public mutating func step(until limit: Instant) -> Bool {
    guard let (event, at) = queue.pop(before: limit) else { return false }
    if event.kind >= TrafficEvent.arrives.rawValue {
      handleTraffic(event, at)
    } else {
      handle(event, at)
    }
    return true
  }

  @inline(__always)
  private mutating func handleTraffic(_ event: Event, _ at: Instant) {
    let effect = traffic.handle(event, at: at, &queue)
    if effect == .stale { return }
    eventCount += 1
    eventDigest.absorb(UInt64(bitPattern: at.ns), event.raw)
    if effect != .none { follow(effect) }
  }

  @inline(never)
  private mutating func handle(_ event: Event, _ at: Instant) {
    guard let kind = EventKind(rawValue: event.kind) else {
      preconditionFailure("event of unknown kind \(event.kind) at \(at.ns) ns")
    }
    let slot = Int(event.slot)
    if isStale(kind, event) { return }
    eventCount += 1
    eventDigest.absorb(UInt64(bitPattern: at.ns), event.raw)
    switch kind {
    case .change: perform(changes[slot])
    case .disturbance: disturb(disturbances[slot])
    case .kubeletSeesPod: kubeletSees(PodID(slot))
    case .podProceeds: podProceeds(PodID(slot))
    case .podStatus: podStatusArrives(PodID(slot))
    case .kubeletSeesDeletion: kubeletSeesDeletion(PodID(slot))
    case .containerStarts: containerStarts(ContainerID(slot))
    case .containerRuns: containerRuns(ContainerID(slot))
    case .containerExits: containerExits(ContainerID(slot), success: event.extra == 0)
    case .containerRestarts: containerRestarts(ContainerID(slot))
    case .pullsAgain: begin(ContainerID(slot))
    case .processListens: processListens(ContainerID(slot))
    case .termArrives: termArrives(ContainerID(slot))
    case .killArrives: killArrives(ContainerID(slot))
    case .probesDue: probesAreDue(slot)
    case .probeTimesOut: probeTimesOut(slot, ProbeKind(number: event.extra))
    case .podGone: podGoes(PodID(slot))
    case .proxyLearns: proxyLearns(slot)
    case .requestArrives: requestArrives(slot)
    case .answerArrives: answerArrives(slot)
    case .watchArrives: watchArrives()
    case .schedulerWatch: schedulerWatchArrives()
    case .scheduleOne: scheduleOne()
    case .schedulerTimer: schedulerTimer(PodID(slot))
    case .kubeletPosts: kubeletPosts(NodeID(slot), generation: event.generation)
    case .nodeCheck: checkNode(NodeID(slot), generation: event.generation)
    case .metricsScrape: scrapeMetrics()
    case .bindingArrives: bindingArrives(PodID(slot))
    case .victimIsDeleted: _ = apply(.deletePod(PodID(slot), gracePeriodSeconds: nil))
    case .guardWatch: guardWatchArrives()
    case .requeue:
      guard let id = ControllerManager.ControllerID(rawValue: event.extra) else {
        preconditionFailure("key \(slot) for unknown controller \(event.extra)")
      }
      if id == .rollbackGuard {
        guards.runtime.queue.add(event.slot)
      } else {
        tell(id, .due(event.slot))
      }
    case .work: break
    }
    startWork()
    startGuards()
    wakeCursors()
  }

  /// Whether what the event was planned for no longer holds.
  private func isStale(_ kind: EventKind, _ event: Event) -> Bool {
    let slot = Int(event.slot)
    if kind.concernsPod { return pods.generations[slot] != event.generation }
    if kind.concernsContainer { return containers.rows[slot].generation != event.generation }
    if kind == .probesDue { return containers.probed[slot].generation != event.generation }
    if kind == .probeTimesOut {
      let row = containers.probed[slot]
      let probe = ProbeKind(number: event.extra)
      return !row.sent.contains(probe) || row[number: probe] != event.generation
    }
    return false
  }

  mutating func push(
    _ kind: EventKind, _ slot: Int, at: Instant, generation: UInt16 = 0, extra: UInt8 = 0
  ) {
    queue.push(
      Event(kind: kind.rawValue, slot: UInt32(slot), generation: generation, extra: extra), at: at,
      priority: kind.priority)
  }

  /// A draw named by its cause, so that one more pod shifts nobody else's.
  func uniform(_ purpose: DrawPurpose, cause: UInt64, index: UInt64 = 0) -> Double {
    RandomStream.uniformOpen(
      draw(seed: options.seed, purpose: purpose.rawValue, cause: cause, index: index))
  }

  mutating func note(_ happening: Happening) {
    timeline.append(TimelineEntry(at: queue.now, happening: happening))
  }
}

/// What randomness is drawn for.
enum DrawPurpose: UInt64 {
  case watchLag = 1
  case startup, tiedNodes, schedulerLag, crash, propagation, guardLag, kill
  case binding = 64
  case lease, nodes
  case crashAtStart = 80
  case preemption, api, loopPhase, daemonOrder
  case metrics = 96
}
