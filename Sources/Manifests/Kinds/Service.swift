import ClusterAPI
import YAML

extension KindReader {
  static let service = KindReader(
    .service, "v1", initial: Service(meta: ObjectMeta(name: ""), selector: nil),
    unmodelled: \.unmodelled, as: { .service($0) },
    table: Table {
      $0.header(\.meta)
      $0.inside("spec", required: true, spec)
    }
  ) { service, _, _ in
    if service.selector?.isEmpty == true { service.selector = nil }
    if service.internalTrafficPolicy == nil, service.type != "ExternalName" {
      service.internalTrafficPolicy = "Cluster"
    }
    let isExternal = service.type == "NodePort" || service.type == "LoadBalancer"
    if service.externalTrafficPolicy == nil, isExternal {
      service.externalTrafficPolicy = "Cluster"
    }
  }

  private static let spec = Table<Service> {
    $0.field("selector", \.selector, .objectLabels)
    $0.field("ports", \.ports, .list(of: port))
    $0.field(
      "type", \.type, .word(of: ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]))
    $0.field("clusterIP", \.clusterIP, .string)
    $0.field("publishNotReadyAddresses", \.publishNotReadyAddresses, .boolean)
    $0.field("sessionAffinity", \.sessionAffinity, .word(of: ["ClientIP", "None"]))
    $0.field("externalName", \.externalName, .string)
    $0.field("externalTrafficPolicy", \.externalTrafficPolicy, .word(of: ["Cluster", "Local"]))
    $0.field("internalTrafficPolicy", \.internalTrafficPolicy, .word(of: ["Cluster", "Local"]))
    $0.kept(
      "allocateLoadBalancerNodePorts", "clusterIPs", "externalIPs", "healthCheckNodePort",
      "ipFamilies", "ipFamilyPolicy", "loadBalancerClass", "loadBalancerIP",
      "loadBalancerSourceRanges", "sessionAffinityConfig", "topologyKeys", "trafficDistribution")
    $0.check { service, node, reading in
      if service.type == "ExternalName", service.externalName == nil {
        reading.reportMissing("externalName", at: node)
      }
      let needsPorts = service.type != "ExternalName" && service.clusterIP != "None"
      if needsPorts, node["ports"]?.isNothing ?? true { reading.reportMissing("ports", at: node) }
      if service.ports.count > 1,
        let nameless = service.ports.firstIndex(where: { $0.name == nil }),
        let port = node["ports"]?.sequence?[nameless]
      {
        reading.at(.key("ports")) { reading in
          reading.at(.index(nameless)) {
            $0.report(
              .error, at: port, "one of several ports has no name", remedy: "add `name:`")
          }
        }
      }
    }
  }

  private static let port = Codec.object(
    ServicePort(port: 0, targetPort: .int(0)),
    Table {
      $0.field("name", \.name, .string)
      $0.field("port", \.port, .port, required: true)
      $0.field("targetPort", \.targetPort, .intOrString)
      $0.field("protocol", \.networkProtocol, .word(of: ["TCP", "UDP", "SCTP"]))
      $0.field("nodePort", \.nodePort, .port)
      $0.field("appProtocol", \.appProtocol, .string)
    }
  ) { port, _, _ in
    if port.targetPort == .int(0) || port.targetPort == .string("") {
      port.targetPort = .int(Int64(port.port))
    }
  }
}
