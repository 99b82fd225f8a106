import ClusterAPI
import Control
import Kernel
import Units

extension World {
  /// What is counted of a pod so that its exporters have what they show.
  func meterPlan(of pod: PodID, _ template: ContainerTemplate) -> RequestMeter.Plan {
    let metrics = template.profile.metrics
    var histograms = [metrics.buckets]
    if hasSidecar(pod) { histograms.append(MetricBuckets.envoy) }
    let isVLLM = metrics.isVLLM(template.container.image)
    if isVLLM { histograms += [MetricBuckets.vllmRequest, MetricBuckets.vllmFirstToken] }
    return RequestMeter.Plan(
      bounds: MetricBuckets.union(histograms), firstToken: isVLLM ? metrics.firstToken : nil,
      cpuLimit: template.container.resources.limits["cpu"].map { MilliCPU($0.milliValue) })
  }

  /// Whether Istio's proxy stands before the pod: its template has the container, or a label or an
  /// annotation `sidecar.istio.io/inject` asks for it, or its namespace `istio-injection=enabled`.
  func hasSidecar(_ pod: PodID) -> Bool {
    injection.applies(
      to: template(of: pod).template,
      in: owners[pods.views[pod.index].owner.index].workload.namespace)
  }

  /// The first Service that selects the pod.
  func service(of labels: Labels, namespace: String) -> Service? {
    services.rows.first { row in
      guard let selector = row.service.selector, !selector.isEmpty,
        row.service.meta.namespace == namespace
      else { return false }
      return LabelSelector(matchLabels: selector).matches(labels)
    }?.service
  }
}
