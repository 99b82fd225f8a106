import ClusterAPI
import PromQL
import Units

/// Milliseconds since the epoch, of an instant of a run.
struct TelemetryClock {
  /// Unix seconds of the first instant.
  var epoch: Int64

  func time(_ at: Instant) -> Int64 { epoch * 1000 + at.ns / 1_000_000 }
}

/// What an exporter shows at present, so that a series which an object has no more can end.
struct ShownObjects {
  let target: Target
  let clock: TelemetryClock
  private var series: [ObjectKey: [PromQL.Labels]] = [:]

  init(target: Target, clock: TelemetryClock) { (self.target, self.clock) = (target, clock) }

  /// From an instant on, exactly this is shown of the object.
  mutating func show(
    _ exposition: Exposition, of object: ObjectKey, _ at: Instant, _ store: inout TelemetryStore
  ) {
    let time = clock.time(at)
    let before = series[object] ?? []
    var now: [PromQL.Labels] = []
    now.reserveCapacity(exposition.series.count)
    for one in exposition.series {
      let labels = target.labels(of: one.labels)
      store.set(labels, phase: target.phase, at: time, one.value)
      now.append(labels)
    }
    // Mostly the same series in the same order.
    if now != before {
      let kept = Set(now)
      for labels in before where !kept.contains(labels) {
        store.set(labels, phase: target.phase, at: time, Samples.stale)
      }
      series[object] = now
    }
  }

  mutating func end(_ object: ObjectKey, _ at: Instant, _ store: inout TelemetryStore) {
    show(Exposition(), of: object, at, &store)
  }
}
