/// The endpoints of a Service, as its Endpoints object and its EndpointSlice hold them.
public struct EndpointsState: Hashable, Sendable {
  public struct Address: Hashable, Sendable {
    public var ip: String
    public var isReady: Bool
    /// It answers, be it terminating; ready ones do.
    public var isServing: Bool
    public var isTerminating: Bool
    public var pod: String
    public var node: String
    public var zone: String

    public init(
      ip: String, isReady: Bool, isServing: Bool? = nil, isTerminating: Bool = false, pod: String,
      node: String, zone: String = ""
    ) {
      self.ip = ip
      self.isReady = isReady
      self.isServing = isServing ?? isReady
      self.isTerminating = isTerminating
      self.pod = pod
      self.node = node
      self.zone = zone
    }
  }

  /// A port on which the pods listen.
  public struct Port: Hashable, Sendable {
    public var name: String
    public var number: Int
    public var networkProtocol: String

    public init(name: String, number: Int, networkProtocol: String = "TCP") {
      self.name = name
      self.number = number
      self.networkProtocol = networkProtocol
    }
  }

  public var namespace: String
  public var service: String
  /// The name of the EndpointSlice, as `web-7x2fq`.
  public var slice: String
  /// Unix seconds.
  public var created: Int64?
  public var addresses: [Address] = []
  public var ports: [Port] = []

  public init(namespace: String, service: String, slice: String) {
    self.namespace = namespace
    self.service = service
    self.slice = slice
  }
}

extension KubeState {
  private static let endpoints = ObjectFamilies("kube_endpoint", ["namespace", "endpoint"])
  private static let slices = ObjectFamilies(
    "kube_endpointslice", ["namespace", "endpointslice"])

  private static let portLabels = ["port_name", "port_protocol", "port_number"]

  static let endpointsFamilies: [MetricFamily] = [
    endpoints.created,
    endpoints.gauge("address", "1; an address under a port", portLabels + ["ip", "ready"]),
    endpoints.gauge("info", "1"),
    endpoints.gauge("ports", "1; a port", portLabels),
  ]

  static let endpointSliceFamilies: [MetricFamily] = [
    slices.created,
    slices.gauge(
      "endpoints", "1; an address with its pod and its conditions",
      [
        "address", "ready", "serving", "terminating", "targetref_kind", "targetref_name",
        "targetref_namespace", "endpoint_nodename", "endpoint_zone",
      ]),
    slices.gauge("info", "1; the family of its addresses", ["addresstype"]),
    slices.gauge("ports", "1; a port", portLabels),
  ]

  /// The series of the Endpoints object of a Service, and of its EndpointSlice.
  public static func expose(
    endpoints state: EndpointsState, options: Options = Options()
  ) -> Exposition {
    var result = expose(state, options)
    result.append(expose(slice: state, options))
    return result
  }

  private static func expose(
    _ state: EndpointsState, _ options: Options
  ) -> Exposition {
    var series = ObjectSeries(endpoints, [state.namespace, state.service], options)
    series.add("info", 1)
    series.add("created", unix: state.created)
    for port in state.ports {
      // Terminating pods are not among the addresses of Endpoints.
      for address in state.addresses where !address.isTerminating {
        series.add(
          "address", 1, ("port_name", port.name), ("port_protocol", port.networkProtocol),
          ("port_number", String(port.number)), ("ip", address.ip),
          ("ready", address.isReady ? "true" : "false"))
      }
    }
    addPorts(state, to: &series)
    return series.exposition
  }

  private static func expose(
    slice state: EndpointsState, _ options: Options
  ) -> Exposition {
    var series = ObjectSeries(slices, [state.namespace, state.slice], options)
    let isIPv6 = state.addresses.first?.ip.contains(":") ?? false
    series.add("info", 1, ("addresstype", isIPv6 ? "IPv6" : "IPv4"))
    series.add("created", unix: state.created)
    for address in state.addresses {
      series.add(
        "endpoints", 1, ("address", address.ip), ("ready", address.isReady ? "true" : "false"),
        ("serving", address.isServing ? "true" : "false"),
        ("terminating", address.isTerminating ? "true" : "false"), ("targetref_kind", "Pod"),
        ("targetref_name", address.pod), ("targetref_namespace", state.namespace),
        ("endpoint_nodename", address.node), ("endpoint_zone", address.zone))
    }
    addPorts(state, to: &series)
    return series.exposition
  }

  private static func addPorts(_ state: EndpointsState, to series: inout ObjectSeries) {
    for port in state.ports {
      series.add(
        "ports", 1, ("port_name", port.name), ("port_protocol", port.networkProtocol),
        ("port_number", String(port.number)))
    }
  }
}
