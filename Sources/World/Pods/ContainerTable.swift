import ClusterAPI
import Control
import Kernel
import Units

enum ContainerTag {}
/// A container of a pod; a pod's containers follow each other in the order of its template.
typealias ContainerID = ID<ContainerTag>

/// One container as the kubelet of its node knows it.
struct ContainerRow: Sendable {
  enum State: UInt8, Sendable {
    /// Its turn has not come yet.
    case waiting
    /// Its image is pulled, or it is created; or the next pull is waited for.
    case preparing
    case running
    /// On its way from preStop to its exit.
    case stopping
    /// Ended; it starts again after its back-off, unless the pod goes.
    case exited
    /// Ended with success, for good.
    case completed
    /// Ended with an error, for good.
    case failed
  }

  var pod: PodID
  /// In the containers of the template.
  var index: Int
  var state = State.waiting
  /// Its start-up is over.
  var isListening = false
  /// Raised when what was planned for this instance no longer holds.
  var generation: UInt16 = 0
  /// Its row among the probed containers; `.max`: it has no probes.
  var probed = UInt32.max
  var restarts: UInt32 = 0
  /// Of the current instance, or the last one; `never`: it has not run yet.
  var startedAt = Instant.never
  var endedAt = Instant.never
  /// What the latest pull of its image took.
  var pulled = Span.zero
  var crashes = CrashLoopBackOff()
  var pulls = ImagePullBackOff()

  var isAlive: Bool { state == .running || state == .stopping }
  var hasEnded: Bool { state == .completed || state == .failed }
}

/// The probes of one container, and what they will find.
struct ProbedRow: Sendable {
  var container: ContainerID
  var probes: ContainerProbes
  var outlook = ProcessOutlook()
  /// Raised when the next step was planned anew.
  var generation: UInt16 = 0
  /// The time of the next planned step.
  var planned = Instant.never
  /// Probes that are under way in the pod's own queue.
  var sent = ProbeSet()
  /// By kind: numbers the probes sent, so that a late answer is known as such.
  var numbers: (UInt16, UInt16, UInt16) = (0, 0, 0)

  init(container: ContainerID, probes: ContainerProbes) {
    self.container = container
    self.probes = probes
  }

  subscript(number kind: ProbeKind) -> UInt16 {
    get {
      switch kind {
      case .startup: numbers.0
      case .readiness: numbers.1
      case .liveness: numbers.2
      }
    }
    set {
      switch kind {
      case .startup: numbers.0 = newValue
      case .readiness: numbers.1 = newValue
      case .liveness: numbers.2 = newValue
      }
    }
  }
}

/// Containers by dense id, and those of them that are probed.
struct ContainerTable: Sendable {
  var rows = Rows<ContainerRow>()
  var probed = Rows<ProbedRow>()

  subscript(id: ContainerID) -> ContainerRow {
    _read { yield rows[id.index] }
    _modify { yield &rows[id.index] }
  }
}

/// What the kubelet knows of a pod, beside its containers.
struct KubeletPod: Hashable, Sendable {
  /// `none`: the kubelet has not seen the pod yet.
  var firstContainer = ContainerID.none
  /// When it saw the pod.
  var startTime = PodView.unset
  /// The kubelet did not take it, and it has failed for good (`UnexpectedAdmissionError`).
  var isRejected = false
  /// The kubelet ends the pod.
  var isStopping = false
  /// A status write is under way, or due.
  var isStatusPending = false
  var phase = PodView.Phase.pending
  var ready = false
  /// When the kubelet took the pod up (`status.startTime`).
  var startedAt = Timestamp(seconds: 0)
  /// Deleted by the scheduler, to make room.
  var isPreempted = false
  /// What the kubelet reports whatever its probes say.
  var forcedReady: Bool?
  var readySince = Timestamp(seconds: 0)
  var restarts: UInt32 = 0
  var finished = Timestamp(seconds: 0)
  /// When whatever still runs is sent KILL, once the pod is being ended.
  var killAt = Instant.never
}
