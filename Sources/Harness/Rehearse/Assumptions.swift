public import ClusterAPI
public import Units

/// What a rehearsal infers from manifests, and what it assumes where they say nothing.
public struct Assumptions: Sendable {
  /// Services that select the workload's pods.
  public var services: [ObjectKey]
  /// Requests per second to all of them together; each gets its share.
  public var rate: Int
  /// The 99th percentile of the time that requests take while nothing changes, as measured in a run;
  /// nil where there are no requests.
  public internal(set) var usualLatency: Span?
  public var nodes: Int
  public var zones = ["a", "b", "c"]
  /// Of each node.
  public var machine: ResourceList
  public var nodeLabels: Labels
  public var startup = Span.seconds(5)
  /// Whether nothing of the workload runs before the change.
  var isNew = false
  /// Of an idle process.
  public var memory = Bytes.mebi(64)
  public var serviceTime = Span.milliseconds(10)
  public var cpuPerRequest = Span.milliseconds(2)
  /// What the user has said beside the manifests.
  public var settings = RehearsalSettings()
  /// Where the values come from that are not the defaults.
  public var sources: [String] = []
  /// How the rate follows from the manifests; nil: somebody has said it.
  var rateSource: String?
  /// Requests served side by side by one pod.
  public static let concurrency = 16

  /// The first that says something applies: a parameter, the settings, the manifest itself, the default.
  ///
  /// - Parameters:
  ///   - rate: requests per second.
  ///   - startup: start-up time.
  public init(
    _ objects: [ClusterObject], _ workload: RehearsedWorkload, rate: Int?, startup: Span?,
    serviceTime: Span?, settings: RehearsalSettings = RehearsalSettings()
  ) {
    (self.settings, isNew) = (settings, workload.isNew)
    let hints = WorkloadHints(workload.object)
    sources = hints.sources
    let (startup, serviceTime) = (startup ?? hints.startup, serviceTime ?? hints.serviceTime)
    let namespace = workload.meta.namespace
    let labels = workload.template.labels
    // Nobody sends requests to what is not there yet.
    services = objects.compactMap { object in
      guard case .service(let service) = object, let selector = service.selector,
        service.meta.namespace == namespace, !selector.isEmpty, !workload.isNew,
        LabelSelector(matchLabels: selector).matches(labels)
      else { return nil }
      return object.key
    }
    let modest = ModestProgram(objects)
    (self.startup, memory) = (startup ?? modest.startup, modest.memory)
    if let serviceTime { self.serviceTime = serviceTime }
    let cluster = InferredCluster(objects)
    (nodes, machine, nodeLabels) = (cluster.nodes, cluster.machine, cluster.labels)
    if let known = rate ?? settings.rate(services) ?? hints.rate {
      self.rate = known
    } else {
      let load = InferredLoad(
        objects, workload, nodes: nodes, serviceTime: self.serviceTime,
        cpuPerRequest: cpuPerRequest)
      (self.rate, rateSource) = (load.rate, load.source)
    }
  }

  /// Requests per second to one Service: all of them select the same pods.
  var rateOfEach: Int { max(1, rate / max(1, services.count)) }

  /// Two and a half times the usual 99th percentile, and a round trip.
  public var latencyBound: Span? { usualLatency.map { $0 * 5 / 2 + .milliseconds(10) } }

  /// What was assumed, a line each.
  public var words: [String] {
    let cpu = machine["cpu"]?.description ?? "4"
    let memory = "\((machine["memory"]?.value ?? 0) >> 30) GiB"
    let others = machine.filter { !["cpu", "memory", "pods"].contains($0.key) }
      .map { ", \($0.value.description) \($0.key)" }.joined()
    var lines = ["\(nodes) nodes of \(cpu) cores, \(memory)\(others) in \(zones.count) zones"]
    if !settings.nodePools.isEmpty {
      let count = settings.nodePools.reduce(0) { $0 + $1.count }
      lines = ["\(count) nodes, as \(RehearsalSettings.fileName) says"]
    }
    if isNew {
      lines.append("nothing of it runs before the change: no requests, only pods are looked at")
    } else if services.isEmpty {
      lines.append("no Service selects the pods: no requests, only pods are looked at")
    } else {
      let names = services.map(\.description).joined(separator: ", ")
      let each = services.count > 1 ? ", \(rateOfEach) to each" : ""
      lines.append(
        "\(rate) requests per second to \(names)\(each)" + (rateSource.map { " (\($0))" } ?? ""))
      if let usualLatency, let latencyBound {
        lines.append(
          "99 % of requests within \(Assumptions.text(usualLatency)) while nothing changes, as a run "
            + "gave it; slow is what takes longer than \(Assumptions.text(latencyBound))")
      }
    }
    lines.append(
      "start-up \(Assumptions.text(startup)), 10 % of the time twice as long; "
        + "\(Assumptions.text(serviceTime)) and \(Assumptions.text(cpuPerRequest)) of CPU for a request"
    )
    if !sources.isEmpty { lines.append("from the manifest: \(sources.joined(separator: ", "))") }
    if !settings.images.isEmpty {
      lines.append("\(RehearsalSettings.fileName) says otherwise for some images")
    }
    return lines
  }

  /// As a scenario writes it.
  static func text(_ span: Span) -> String {
    span.ns % 1_000_000_000 == 0
      ? "\(span.ns / 1_000_000_000)s" : "\(max(1, span.ns / 1_000_000))ms"
  }
}
