import ClusterAPI
import PromQL
import Units

/// What shows the requests and the resources of pods, and when each target is scraped next.
struct PodExporters: Sendable {
  /// The targets of one pod.
  struct Exporters: Sendable {
    /// The application's endpoint, which is there as long as the pod is.
    var application: Target?
    var up = TelemetryStore.Place.none
    var process: ApplicationExporter?
    var container: ContainerExporter?
    var proxy: ProxyExporter?
    var proxyUp = TelemetryStore.Place.none
    var kills = TelemetryStore.Place.none

    /// Rows of the meter before it are read.
    func position(_ other: Int) -> Int {
      var least = other
      if let process { least = min(least, process.reader.position) }
      if let container { least = min(least, container.reader.position) }
      if let proxy { least = min(least, proxy.reader.position) }
      return least
    }
  }

  /// Which exporter of a pod.
  enum Kind: Int, CaseIterable {
    case process, container, proxy
  }

  /// By pod id; nil: it has not run yet, or nobody reads it.
  private(set) var all: [Exporters?] = []
  /// By pod id, bits of `Kind`: it has rows that no scrape has seen.
  private var waiting: [UInt8] = []
  /// By whole seconds of the phase: pods, three codes each.
  private var due: [[Int]] = []

  subscript(pod: Int) -> Exporters? {
    get { pod < all.count ? all[pod] : nil }
    set {
      while all.count <= pod {
        all.append(nil)
        waiting.append(0)
      }
      all[pod] = newValue
    }
  }

  /// The pod's meter has noted something.
  mutating func hears(_ pod: Int) {
    guard pod < all.count else { return }
    for kind in Kind.allCases {
      guard waiting[pod] & 1 << UInt8(kind.rawValue) == 0, let scrapes = all[pod]?.scrapes(kind)
      else {
        continue
      }
      waiting[pod] |= 1 << UInt8(kind.rawValue)
      let slot = Int(scrapes.phase / 1000)
      while due.count <= slot { due.append([]) }
      due[slot].append(pod * Kind.allCases.count + kind.rawValue)
    }
  }

  /// Reads what scrapes have seen until the end of the store.
  ///
  /// - Parameter since: until when it was read before.
  mutating func read(
    _ meters: inout MeterBook, since: Int64, _ clock: TelemetryClock,
    into store: inout TelemetryStore
  ) {
    for slot in due.indices where !due[slot].isEmpty {
      let scrapes = ScrapeTimes(
        phase: Int64(slot) * 1000, interval: store.scrapeInterval.ns / 1_000_000)
      let scrape = store.scrape(atOrAfter: since + 1, scrapes)
      guard scrape <= store.end else { continue }
      let codes = due[slot]
      due[slot].removeAll(keepingCapacity: true)
      for code in codes {
        let (pod, number) = code.quotientAndRemainder(dividingBy: Kind.allCases.count)
        guard let kind = Kind(rawValue: number), all[pod] != nil else { continue }
        let waits = read(
          pod, kind, meters.pods[pod].rows, before: .never, isOver: false, clock, into: &store)
        if waits {
          due[slot].append(code)
        } else {
          waiting[pod] &= ~(1 << UInt8(number))
        }
        forget(pod, &meters)
      }
    }
  }

  /// Reads all that the pod's process has noted before an instant at which it ends.
  mutating func finish(
    _ pod: Int, _ rows: MeterRows, at end: Instant, _ clock: TelemetryClock,
    into store: inout TelemetryStore
  ) {
    for kind in [Kind.process, .container] {
      _ = read(pod, kind, rows, before: end, isOver: true, clock, into: &store)
    }
  }

  mutating func finishProxy(
    _ pod: Int, _ rows: MeterRows, at end: Instant, _ clock: TelemetryClock,
    into store: inout TelemetryStore
  ) {
    _ = read(pod, .proxy, rows, before: end, isOver: true, clock, into: &store)
  }

  private mutating func read(
    _ pod: Int, _ kind: Kind, _ rows: MeterRows, before end: Instant, isOver: Bool,
    _ clock: TelemetryClock, into store: inout TelemetryStore
  ) -> Bool {
    switch kind {
    case .process:
      all[pod]?.process?.read(rows, before: end, isOver: isOver, clock, into: &store) ?? false
    case .container:
      all[pod]?.container?.read(rows, before: end, isOver: isOver, clock, into: &store) ?? false
    case .proxy:
      all[pod]?.proxy?.read(rows, before: end, isOver: isOver, clock, into: &store) ?? false
    }
  }

  /// What everybody has read of a pod's meter is not needed any more.
  func forget(_ pod: Int, _ meters: inout MeterBook) {
    guard pod < all.count, let position = all[pod]?.position(meters.pods[pod].rows.end) else {
      return
    }
    meters.forgetRows(ofPod: pod, before: position)
  }
}

extension PodExporters.Exporters {
  fileprivate func scrapes(_ kind: PodExporters.Kind) -> ScrapeTimes? {
    switch kind {
    case .process: process?.reader.scrapes
    case .container: container?.reader.scrapes
    case .proxy: proxy?.reader.scrapes
    }
  }
}
