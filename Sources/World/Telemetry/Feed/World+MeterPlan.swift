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
    hasSidecar(
      template(of: pod).template, owners[pods.views[pod.index].owner.index].workload.namespace)
  }

  func hasSidecar(_ template: PodTemplate, _ namespace: String) -> Bool {
    if (template.spec.initContainers + template.spec.containers).contains(where: {
      $0.name == "istio-proxy"
    }) {
      return true
    }
    let asked = "sidecar.istio.io/inject"
    if let own = template.labels[asked] ?? template.annotations[asked] { return own == "true" }
    return meshNamespaces.contains(namespace)
  }

  /// The namespaces in which every pod gets a proxy.
  func namespacesOfMesh() -> Set<String> {
    Set(
      documents.compactMap { object in
        guard case .namespace(let it) = object, it.meta.labels["istio-injection"] == "enabled"
        else { return nil }
        return it.meta.name
      })
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
