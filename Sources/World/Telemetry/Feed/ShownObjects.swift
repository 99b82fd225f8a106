import ClusterAPI
import PromQL
import Units

/// Milliseconds since the epoch, of an instant of a run.
struct TelemetryClock: Sendable {
  /// Unix seconds of the first instant.
  var epoch: Int64

  func time(_ at: Instant) -> Int64 { epoch * 1000 + at.ns / 1_000_000 }
}

/// What an exporter shows at present, so that a series which an object has no more can end.
struct ShownObjects: Sendable {
  private struct Shown {
    var places: [TelemetryStore.Place] = []

    mutating func show(
      _ exposition: Exposition, of target: Target, _ time: Int64, _ store: inout TelemetryStore
    ) {
      let series = exposition.series
      // Mostly the same series in the same order.
      if series.count != places.count
        || !zip(series, places).allSatisfy({ store.holds($1, $0.labels) })
      {
        let new = series.map { store.place(of: $0.labels, target.scrapes) }
        let kept = Set(new)
        store.end(places.filter { !kept.contains($0) }, at: time)
        places = new
      }
      for (one, place) in zip(series, places) { store.set(place, at: time, one.value) }
    }
  }

  let target: Target
  let clock: TelemetryClock
  private var objects: [ObjectKey: Shown] = [:]
  /// By pod id.
  private var pods: [Shown] = []

  init(target: Target, clock: TelemetryClock) { (self.target, self.clock) = (target, clock) }

  /// From an instant on, exactly this is shown of the object, with the labels of the target.
  mutating func show(
    _ exposition: Exposition, of object: ObjectKey, _ at: Instant, _ store: inout TelemetryStore
  ) {
    var shown = objects.removeValue(forKey: object) ?? Shown()
    shown.show(exposition, of: target, clock.time(at), &store)
    if !shown.places.isEmpty { objects[object] = shown }
  }

  mutating func show(
    _ exposition: Exposition, of pod: Int, _ at: Instant, _ store: inout TelemetryStore
  ) {
    while pods.count <= pod { pods.append(Shown()) }
    let (target, time) = (target, clock.time(at))
    pods[pod].show(exposition, of: target, time, &store)
  }

  /// What is shown of a pod.
  func labels(of pod: Int, _ store: TelemetryStore) -> [PromQL.Labels] {
    pod < pods.count ? pods[pod].places.map { store.labels(of: $0) } : []
  }

  mutating func end(_ object: ObjectKey, _ at: Instant, _ store: inout TelemetryStore) {
    show(Exposition(), of: object, at, &store)
  }

  mutating func end(pod: Int, _ at: Instant, _ store: inout TelemetryStore) {
    show(Exposition(), of: pod, at, &store)
  }
}
