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
      title: "cAdvisor",
      note: """
        Of the container that serves a pod's requests, and of nodes. A process holds no page cache, so \
        that its usage, its working set and its resident memory are the same. A CPU limit gives the CPU \
        to requests one after another at its rate: a period of 100 ms counts where some of it was used, \
        and as throttled where all of it was; the time throttled is that by which answers were later \
        than their service alone. Left out are other containers, what the node itself uses, the network \
        and disks.
        """,
      families: ContainerMetrics.families),
    Section(
      title: "Applications",
      note: """
        What middleware of client libraries shows of a pod's requests, under the names and with the \
        buckets that `images[].metrics` of a scenario says. Every request is a GET of `/`; 499 is a \
        client that gave up.
        """,
      families: ApplicationMetrics.families),
    Section(
      title: "Load generator",
      note: """
        What clients see of the requests of `spec.load`, under the names of OpenTelemetry's instrumentation \
        of HTTP clients: `expect.objectives` and the report's pictures of requests are asked of it. A \
        request counts once with all of its attempts, and also where no process answered it: \
        `error_type` is empty where all went well, else the code of the answer, `connection_refused` \
        (also where there is no endpoint), `connection_reset` or `timeout`. The generator pushes what it \
        counted each second, whatever the scrape interval, and shows all of its series from the \
        beginning on; `--export-metrics` writes one sample for each scrape interval. Buckets are ten to each power of ten, and every latency that the scenario expects.
        """,
      families: LoadMetrics.families),
    Section(
      title: "Istio",
      note: """
        Of pods whose template has a container `istio-proxy` or asks for it by `sidecar.istio.io/inject`, \
        and of namespaces with `istio-injection=enabled`. The proxy of a pod reports as `destination`, \
        that of a load's clients as `source`, whose workload is unknown. The counters of a pod's proxy \
        go on when its process restarts, and begin anew with its machine. Flags are Envoy's: `UF` a \
        connection that was refused, `UC` one that broke, `UH` no endpoint, and `DC` with code 0 a \
        client that gave up. Left out are sizes, TCP, gRPC and mutual TLS.
        """,
      families: IstioMetrics.families),
    Section(
      title: "ingress-nginx",
      note: """
        Of loads whose Service an Ingress names, by the first path that does. There is one controller, on \
        no node of the cluster; it does not try another endpoint, and answers 502 where a connection is refused or breaks. Left \
        out are sizes and the parts of a request's time.
        """,
      families: IngressMetrics.families),
    Section(
      title: "DCGM exporter",
      note: """
        Of each `nvidia.com/gpu` of a node, with the pod that holds it. A GPU works while its pod serves a \
        request. Memory in use is `images[].memory.gpu`, and what is free follows from the node's label \
        `nvidia.com/gpu.memory`. XIDs are those of the fault `gpuFailure`, \
        until the machine boots. Left out are clocks, temperature, power and MIG.
        """,
      families: GPUMetrics.families),
    Section(
      title: "vLLM",
      note: """
        Of pods whose image is called so, or with `images[].metrics.vllm: true`. The batch has \
        `concurrency` places, and each request in it holds the same share of the KV cache. The time to \
        the first token is shown where `images[].metrics.firstToken` says when it comes. Left out are \
        all other tokens, preemption and the prefix cache.
        """,
      families: VLLMMetrics.families),
    Section(
      title: "Every target",
      note: """
        Nothing on a machine that is off answers a scrape; a pod does not while its process is down.
        """,
      families: [MetricCatalog.up]),
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
