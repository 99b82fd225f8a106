import ClusterAPI
import Kernel
import Units

@testable import World

/// Pods of one Deployment on one node (or more), to watch their kubelet.
enum KubeletRig {
  /// One image of 60 MiB, which a node pulls in a second, and a process that listens after two.
  static func profile(
    _ match: String = "web:*", _ change: (inout ImageProfile) -> Void = { _ in }
  ) -> ImageProfile {
    var profile = ImageProfile(match: match)
    profile.size = .mebi(60)
    profile.startup = .constant(.seconds(2))
    change(&profile)
    return profile
  }

  static func probe(
    period: Int = 10, failures: Int = 3, timeout: Int = 1,
    handler: Probe.Handler = .httpGet(path: "/", port: .int(80), scheme: "HTTP")
  ) -> Probe {
    var probe = Probe(handler: handler)
    probe.periodSeconds = period
    probe.failureThreshold = failures
    probe.timeoutSeconds = timeout
    return probe
  }

  static func world(
    seed: UInt64 = 1, replicas: Int = 1, profiles: [ImageProfile] = [profile()],
    loads: [LoadSpec] = [], nodes: Int = 1, _ change: (inout PodSpec) -> Void = { _ in }
  ) -> World {
    let deployment = ClusterRig.deployment(replicas: replicas, milliCPU: 10) {
      $0.containers[0].readinessProbe = nil
      change(&$0)
    }
    var options = ClusterRig.options(
      seed: seed, (0..<nodes).map { ClusterRig.node("n\($0)") },
      [
        .deployment(deployment),
        .service(Service(meta: ObjectMeta(name: "web"), selector: ["app": "web"])),
      ])
    options.profiles = profiles
    options.loads = loads
    return World(options)
  }

  /// Even requests to the Service from an instant on.
  static func load(_ rate: Int64, from: Int64 = 30, to: Int64? = nil) -> LoadSpec {
    let start = ClusterRig.at(from)
    var points: [LoadCurve.Point] = [
      .init(at: .zero, milliRate: 0), .init(at: start, milliRate: 0),
      .init(at: start, milliRate: rate * 1000),
    ]
    if let to {
      points.append(.init(at: ClusterRig.at(to), milliRate: rate * 1000))
      points.append(.init(at: ClusterRig.at(to), milliRate: 0))
    }
    return LoadSpec(
      service: ObjectKey(.service, namespace: "default", name: "web"),
      curve: LoadCurve(points: points))
  }
}

extension World {
  /// When something happened.
  func times(_ matches: (Happening) -> Bool) -> [Instant] {
    timeline.filter { matches($0.happening) }.map(\.at)
  }

  func kills(_ reason: KillReason) -> [Instant] {
    times { if case .containerKilled(_, reason) = $0 { true } else { false } }
  }

  var exits: [Instant] { times { if case .containerExited = $0 { true } else { false } } }
  var readies: [Instant] { times { if case .podReady = $0 { true } else { false } } }
  var gone: [Instant] { times { if case .podGone = $0 { true } else { false } } }
  var failedPulls: [Instant] { times { if case .imagePullFailed = $0 { true } else { false } } }

  mutating func run(until seconds: Int64) { run(until: ClusterRig.at(seconds)) }

  /// Instances of a container that have been started so far.
  func instances(_ index: Int, of pod: Int = 0) -> Int {
    let first = pods.kubelet[pod].firstContainer
    guard !first.isNone else { return 0 }
    let row = containers.rows[first.index + index]
    return row.startedAt == .never ? 0 : Int(row.restarts) + 1
  }

  func startedAt(_ index: Int, of pod: Int = 0) -> Instant {
    containers.rows[pods.kubelet[pod].firstContainer.index + index].startedAt
  }
}
