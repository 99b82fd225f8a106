public import Kernel
public import Units

/// What a manifest cannot say about an image: size, start-up, service time, memory, errors.
public struct ImageProfile: Equatable, Sendable {
  /// Matches an image name; `*` stands for any characters. The first profile that matches applies.
  public var match: String
  public var size = Bytes.mebi(200)
  /// From the start of the container to the moment at which it listens and can be ready; of an init
  /// container, to its end.
  public var startup = Distribution.constant(.seconds(2))
  /// Work of one request, without waiting.
  public var serviceTime = Distribution.constant(.milliseconds(10))
  /// Requests served side by side by one pod; further ones wait in the pod's queue.
  public var concurrency = 16
  /// Places in the pod's queue; a request that finds it full is refused (503).
  public var queueLimit = 1000
  /// Share of requests answered with a server error.
  public var errors = Ratio.zero
  /// CPU time of one request; beyond the CPU limit the pod is throttled.
  public var cpuPerRequest = Span.milliseconds(2)
  public var memory = MemoryProfile()
  /// Whether the process serves what it has accepted after TERM (true), or dies at once.
  public var drainsOnTerm = true
  /// From TERM (after preStop) to the exit of a process that has nothing more to serve.
  public var shutdown = Span.milliseconds(100)
  /// A pod that is deleted takes that time also where the container does not run: not as a kubelet does
  /// it, but as a scripted one may.
  public var alwaysTakesShutdown = false
  /// Before the container can be created: volumes attached and mounted, of each pod anew.
  public var setup = Span.zero
  /// A container without a readiness probe is ready when it listens, instead of as soon as it runs.
  public var readyWhenListening = false
  /// Readiness never comes, though the process runs.
  public var neverReady = false
  /// The process exits with an error so long after it has become ready; nil: never.
  public var crashAfterReady: Distribution?
  /// The process exits with an error so long after its start, before it is ready; nil: never.
  public var crashAfterStart: Distribution?
  /// Whether the registry has the image.
  public var pullable = true
  public var metrics = ImageMetrics()

  public init(match: String) { self.match = match }
}

/// How much memory a process holds.
public struct MemoryProfile: Hashable, Sendable {
  public var base: Bytes
  /// Held while a request is served or waits.
  public var perRequestInFlight: Bytes
  /// Lost with each request served.
  public var leakPerRequest: Bytes
  /// Of each GPU that the pod has; nil: nothing is known of it.
  public var gpu: Bytes?

  public init(
    base: Bytes = .mebi(64), perRequestInFlight: Bytes = .zero, leakPerRequest: Bytes = .zero,
    gpu: Bytes? = nil
  ) {
    self.base = base
    self.perRequestInFlight = perRequestInFlight
    self.leakPerRequest = leakPerRequest
    self.gpu = gpu
  }
}
