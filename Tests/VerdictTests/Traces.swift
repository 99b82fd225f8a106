import ClusterAPI
import PromQL
import Units
import World

@testable import Verdict

let web = ObjectKey(.deployment, namespace: "default", name: "web")
let service = ObjectKey(.service, namespace: "default", name: "web")

func template(_ image: String) -> PodTemplate {
  PodTemplate(
    labels: ["app": "web"], spec: PodSpec(containers: [Container(name: "web", image: image)]))
}

/// A Deployment of three pods that is complete.
func deployment(_ image: String, surge: Int = 1, unavailable: Int = 0) -> Deployment {
  var spec = DeploymentSpec(
    replicas: 3, selector: LabelSelector(matchLabels: ["app": "web"]), template: template(image))
  spec.strategy.maxSurge = .int(Int64(surge))
  spec.strategy.maxUnavailable = .int(Int64(unavailable))
  var deployment = Deployment(meta: ObjectMeta(name: "web"), spec: spec)
  deployment.status.replicas = 3
  deployment.status.updatedReplicas = 3
  deployment.status.availableReplicas = 3
  return deployment
}

func at(_ seconds: Int64) -> Instant { .zero + .seconds(seconds) }

/// A trace written by hand: three pods of `web-1` ready from the first second, judged from 10 s to 60 s.
struct Script {
  var trace: RunTrace

  init(image: String = "web:v2", guarded: Bool = false) {
    trace = RunTrace(
      subjects: [
        .init(
          key: web, before: template("web:v1"), target: template("web:v2"), isGuarded: guarded)
      ], changeAt: at(10), quietFrom: at(10), end: at(60))
    trace.replicaSets = ["web-1", "web-2"].map {
      ObjectKey(.replicaSet, namespace: "default", name: $0)
    }
    trace.objects = [.deployment(deployment(image))]
    for _ in 0..<3 { add(at: 1, set: 0, ready: 1) }
  }

  /// A pod that is created, and ready at a second.
  @discardableResult
  mutating func add(at second: Int64, set: Int, ready: Int64?) -> PodID {
    let pod = PodID(trace.pods.count)
    trace.pods.append(.init(name: "web-\(set + 1)-\(pod.raw)", workload: web, replicaSet: set))
    happen(second, .podCreated(pod))
    if let ready { happen(ready, .podReady(pod)) }
    return pod
  }

  mutating func happen(_ second: Int64, _ happening: Happening) {
    let position = trace.timeline.firstIndex { $0.at > at(second) } ?? trace.timeline.count
    trace.timeline.insert(TimelineEntry(at: at(second), happening: happening), at: position)
  }

  /// Each old pod is replaced by a new one: made, ready, and only then the old one terminated.
  mutating func roll(from second: Int64) {
    for index in 0..<3 {
      let begin = second + Int64(index) * 5
      add(at: begin, set: 1, ready: begin + 2)
      happen(begin + 3, .podTerminating(PodID(index)))
    }
  }

  /// A load of ten requests per second, of which some end badly in one second.
  ///
  /// - Parameter bound: what counts as slow.
  mutating func load(
    _ bad: (second: Int, change: (inout Tally) -> Void)? = nil, slow: Int64 = 0,
    slowerThan bound: Span? = nil
  ) {
    var tallies = (0..<60).map { _ in
      var tally = Tally()
      tally.ok = 10
      return tally
    }
    if let bad { bad.change(&tallies[bad.second]) }
    trace.loads = [
      .init(
        service: service, interval: .seconds(1), requests: tallies, attempts: [(0, tallies)])
    ]
    let begin: Int64 = 1_700_000_000_000
    var seen = RequestAnswers(from: at(5), begin: begin, slowerThan: bound, hasLatency: false)
    seen.ask(
      Script.metrics(tallies, slow: slow, slowerThan: bound, begin), through: begin + 60_000)
    trace.seen = seen
  }

  /// What the clients' metrics say of the same requests.
  ///
  /// - Parameter slow: of those of each second that are answered.
  private static func metrics(
    _ tallies: [Tally], slow: Int64, slowerThan bound: Span?, _ begin: Int64
  ) -> SeriesStore {
    let outcomes: [(error: String, of: (Tally) -> Int64)] = [
      ("", { $0.ok }), ("500", { $0.serverError }), ("503", { $0.overflow }),
      ("connection_refused", { $0.refused + $0.noEndpoints }), ("connection_reset", { $0.reset }),
      ("timeout", { $0.timeout }),
    ]
    var store = SeriesStore()
    func add(_ name: String, _ labels: [Label], _ value: (Tally) -> Int64) {
      let labels = PromQL.Labels(
        labels + [
          Label(PromQL.Labels.metricName, name),
          Label("server_address", LoadMetrics.address(of: service)),
        ])
      var sum: Int64 = 0
      for second in 0...tallies.count {
        store.add(time: begin + Int64(second) * 1000, value: Double(sum), to: labels)
        if second < tallies.count { sum += value(tallies[second]) }
      }
    }
    for (error, count) in outcomes {
      add(LoadMetrics.duration + "_count", [Label("error_type", error)], count)
    }
    if let bound {
      add(
        LoadMetrics.duration + "_bucket",
        [Label("error_type", ""), Label("le", LoadMetrics.le(bound))]
      ) { $0.ok - slow }
    }
    return store
  }
}
