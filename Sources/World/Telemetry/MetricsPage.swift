/// The reference of metrics (`docs/metrics.md`): a table of families for each exporter.
public enum MetricsPage {
  /// An exporter and what it exposes.
  public struct Section: Sendable {
    public var title: String
    /// A paragraph above the table.
    public var note: String
    public var families: [MetricFamily]

    public init(title: String, note: String, families: [MetricFamily]) {
      self.title = title
      self.note = note
      self.families = families
    }
  }

  /// The exporters of a simulated cluster.
  public static let sections = [
    Section(
      title: "kube-state-metrics",
      note: """
        What the API server holds, under the names, labels and values of kube-state-metrics 2. The \
        `kube_*_labels` show the labels that are allowed by name, and there are none by default. Left \
        out are annotations, and what the objects of a simulation do not hold, such as persistent \
        volumes, ingresses and certificates.
        """,
      families: KubeState.families),
    Section(
      title: "kubelet",
      note: "What a kubelet says of the pods of its node.", families: KubeletMetrics.families),
    Section(
      title: "cAdvisor", note: "What a kubelet says of containers, under `/metrics/cadvisor`.",
      families: ContainerMetrics.families),
    Section(
      title: "Applications",
      note: """
        What the process that serves a pod's requests counts; an image profile of the scenario \
        (`images[].metrics`) gives other names and buckets.
        """, families: ApplicationMetrics.families),
    Section(
      title: "Istio", note: "Of pods with a sidecar, and of their clients.",
      families: IstioMetrics.families),
    Section(
      title: "ingress-nginx", note: "Of Services that an Ingress names.",
      families: IngressMetrics.families),
    Section(
      title: "DCGM exporter", note: "Of nodes with `nvidia.com/gpu`.",
      families: GPUMetrics.families),
    Section(title: "vLLM", note: "Of inference servers.", families: VLLMMetrics.families),
  ]

  /// The page in Markdown.
  public static func markdown(_ sections: [Section] = sections) -> String {
    var page = """
      # Metrics

      What the exporters of a simulated cluster expose. Times are Unix seconds; a series whose value is
      always 1 tells something in its labels.

      """
    for section in sections {
      page += "\n## \(section.title)\n\n\(section.note)\n\n"
      page += "| Name | Type | Labels | Meaning |\n| --- | --- | --- | --- |\n"
      for family in section.families {
        let labels = family.labels.map { "`\($0)`" }.joined(separator: " ")
        page += "| `\(family.name)` | \(family.kind.rawValue) | \(labels) | \(family.help) |\n"
      }
    }
    return page
  }
}
