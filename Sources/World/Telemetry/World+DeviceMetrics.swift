import ClusterAPI
import Control
import Kernel
import PromQL
import Units

// What the DCGM exporter of each node with GPUs shows.
extension World {
  func writeDevices(
    _ lives: PodLives, _ clock: TelemetryClock, _ end: Instant, _ store: inout TelemetryStore
  ) {
    for (index, row) in nodes.rows.enumerated() {
      guard let pool = row.devices.firstIndex(where: { $0.resource == GPUMetrics.resource }) else {
        continue
      }
      let target = GPUMetrics.exporter(node: row.spec.name, store.scrapeInterval)
      store.set(target.labels("up"), phase: target.phase, at: store.begin, 1)
      let uses = deviceUses.filter { $0.node.index == index && $0.pool == pool }
      for device in row.devices[pool].holders.indices {
        for tenure in tenures(of: device, uses, lives) where tenure.from <= end {
          GPUMetrics.write(
            tenure, device: device, of: row.spec, at: target, clock, into: &store)
        }
      }
    }
  }

  /// Who held a device, from the first instant on.
  private func tenures(
    of device: Int, _ uses: [DeviceUse], _ lives: PodLives
  ) -> [GPUMetrics.Tenure] {
    var changes: [(at: Instant, pod: PodID)] = [(.zero, .none)]
    for use in uses where use.holders.indices.contains(device) {
      let pod = use.holders[device]
      if pod != changes[changes.count - 1].pod { changes.append((use.at, pod)) }
    }
    return changes.indices.map { index in
      let (from, pod) = changes[index]
      let to = index + 1 < changes.count ? changes[index + 1].at : .never
      var tenure = GPUMetrics.Tenure(from: from, to: to)
      if pod.isNone {
        tenure.memory = [(from, 0)]
        tenure.utilization = [(from, 0)]
      } else {
        fill(&tenure, pod, lives.lives[pod.index])
      }
      return tenure
    }
  }

  private func fill(_ tenure: inout GPUMetrics.Tenure, _ pod: PodID, _ life: PodLives.Life) {
    let template = template(of: pod)
    let container = template.template.spec.containers.first {
      $0.resources.limits[GPUMetrics.resource] != nil
    }
    tenure.holder = [
      Label("namespace", life.state.namespace), Label("pod", life.state.name),
      Label("container", container?.name ?? ""),
    ]
    if let memory = template.containers[life.server].profile.memory.gpu {
      tenure.memory = [(tenure.from, 0)]
      for run in life.runs {
        tenure.memory.append((run.from, memory.count >> 20))
        if run.to != .never { tenure.memory.append((run.to, 0)) }
      }
    }
    let rows = traffic.meterRows(pod)
    if !rows.isEmpty || service(of: life.state.labels, namespace: life.state.namespace) != nil {
      tenure.utilization = GPUMetrics.utilization(
        rows, from: tenure.from, interval: options.seriesInterval)
    }
  }
}
