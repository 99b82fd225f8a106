public import Units

/// One probe of one container: the kubelet's worker (`prober.worker`, Kubernetes 1.36).
///
/// It ticks with its period from the moment at which the pod was added, whatever the container does.
public struct ProbeWorker: Hashable, Sendable {
  /// Of the container instance `seen`.
  public internal(set) var result = ProbeResult.none
  /// The container instance that the worker saw last; 0: none.
  var seen: UInt32 = 0
  /// The latest outcome, and how many times in a row it came.
  ///
  /// Neither is forgotten when a new container instance starts.
  var last = ProbeResult.none
  var run: UInt16 = 0
  /// Decided for this container instance: nothing more to probe.
  var isOnHold = false
  var isProbing = false
  /// A tick came while a probe was under way; it is served right after it.
  var tickKept = false
  /// A sync of the pod asks for a probe; remembered while one is under way.
  var triggered = false
  /// Tries of the probe under way.
  var tries: UInt8 = 0
  /// Of the try under way.
  var outcome = ProbeOutcome.success
  var nextTick = Instant.never
  /// When the worker acts next; `never` while a probe is under way whose end is not known.
  public internal(set) var due = Instant.never

  /// Whether a probe is under way whose end is not known.
  public var isWaiting: Bool { isProbing && due == .never }

  static var triesMax: UInt8 { 3 }

  /// A worker that does not exist.
  init() {}

  /// Starts to work; the first look finds no container.
  init(_ rule: ProbeRule, at: Instant) {
    nextTick = at + rule.period
    due = nextTick
  }

  /// A sync of the pod asks for a probe at once (`manualTriggerCh`).
  mutating func trigger(_ at: Instant) {
    triggered = true
    if !isProbing { due = at }
  }

  /// Takes what made the worker act: a trigger moves the phase of the ticks, a tick does not.
  mutating func wake(_ rule: ProbeRule, _ at: Instant) {
    if triggered {
      triggered = false
      tickKept = false
      nextTick = at + rule.period
    } else if tickKept {
      tickKept = false
    } else {
      nextTick += rule.period
    }
    due = nextTick
  }

  /// Notes the ticks that came while a probe was under way: one of them is kept.
  mutating func keepTicks(_ rule: ProbeRule, until at: Instant) {
    guard nextTick <= at else { return }
    tickKept = true
    nextTick += rule.period * ((at - nextTick).ns / rule.period.ns + 1)
  }

  /// Passes over `count` ticks that change nothing but the number of equal outcomes.
  mutating func skip(_ rule: ProbeRule, count: Int64, outcome: ProbeResult?) {
    nextTick += rule.period * count
    due = nextTick
    guard let outcome else { return }
    if last != outcome {
      last = outcome
      run = 0
    }
    run = UInt16(clamping: Int64(run) + count)
  }
}
