import Units

/// All meters of a run: by pod, and by row of the counters of loads and revisions.
///
/// The meters that counted something note it together when an interval is over.
struct MeterBook: Sendable {
  private let interval: Int64
  /// What is counted of clients.
  var clientPlan = RequestMeter.Plan(bounds: [])
  private(set) var pods: [RequestMeter] = []
  private(set) var clients: [RequestMeter] = []
  /// Those that have counted something in the running interval.
  private var openPods: [Int] = []
  private var openClients: [Int] = []
  /// Where the running interval ends.
  private var end: Int64 = 0
  /// Pods that have noted rows since the exporters looked, some of them twice.
  private(set) var news: [Int] = []

  init(interval: Span) { self.interval = interval.ns }

  /// - Parameter p: a pod that is about to have a process.
  mutating func plan(pod p: Int, _ plan: RequestMeter.Plan) {
    let none = RequestMeter.Plan(bounds: [])
    while pods.count <= p { pods.append(RequestMeter(none)) }
    if pods[p].plan != plan { pods[p] = RequestMeter(plan) }
  }

  /// Notes what was counted in intervals that are over.
  mutating func close(until at: Int64) {
    if at < end { return }
    for p in openPods { pods[p].close(end) }
    for row in openClients { clients[row].close(end) }
    news += openPods
    openPods.removeAll(keepingCapacity: true)
    openClients.removeAll(keepingCapacity: true)
    end = (at / interval + 1) * interval
  }

  @inline(__always)
  mutating func withPod(_ p: Int, at: Int64, _ count: (inout RequestMeter) -> Void) {
    guard p < pods.count else { return }
    close(until: at)
    if !pods[p].isOpen {
      pods[p].open()
      openPods.append(p)
    }
    count(&pods[p])
  }

  @inline(__always)
  mutating func withClient(_ row: Int, at: Int64, _ count: (inout RequestMeter) -> Void) {
    while clients.count <= row { clients.append(RequestMeter(clientPlan)) }
    close(until: at)
    if !clients[row].isOpen {
      clients[row].open()
      openClients.append(row)
    }
    count(&clients[row])
  }

  mutating func charge(_ p: Int, at: Int64, from: Int64, until: Int64, delay: Int64) {
    close(until: at)
    pods[p].charge(from: from, until: until, delay: delay)
  }

  mutating func endProcess(_ p: Int, at: Int64) {
    guard p < pods.count else { return }
    close(until: at)
    if pods[p].endProcess(at: at) {
      news.append(p)
      if !pods[p].isOpen {
        pods[p].open()
        openPods.append(p)
      }
    }
  }

  mutating func endSandbox(_ p: Int) { if p < pods.count { pods[p].endSandbox() } }

  /// Hands over the pods that have noted rows since the last time.
  mutating func takeNews() -> [Int] {
    defer { news.removeAll(keepingCapacity: true) }
    return news
  }

  /// From now on no pod is counted.
  mutating func forgetPods() { (pods, openPods, news) = ([], [], []) }

  mutating func forgetRows(ofPod p: Int, before position: Int) {
    pods[p].forgetRows(before: position)
  }

  mutating func forgetRows(ofClient row: Int, before position: Int) {
    clients[row].forgetRows(before: position)
  }
}
