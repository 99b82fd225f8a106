import ClusterAPI
import Testing
import Units
import World

/// What is exposed of autoscalers, budgets, Services, quotas, claims and the like.
@Suite struct KubeStateObjectTests {
  typealias Samples = KubeStateSamples

  static var autoscaler: HorizontalPodAutoscaler {
    var object = HorizontalPodAutoscaler(
      meta: Samples.meta("web"), targetAPIVersion: "apps/v1", targetKind: "Deployment",
      targetName: "web", maxReplicas: 20)
    object.metrics = [
      .cpu(utilization: 60),
      MetricTarget(
        source: .containerResource(name: "memory", container: "main"),
        target: .averageValue(Quantity(1 << 20))),
      MetricTarget(
        source: .external(metric: "queue_length", selector: nil),
        target: .value(Quantity(milli: 500))),
      MetricTarget(
        source: .pods(metric: "backlog", selector: nil), target: .averageValue(Quantity(30))),
    ]
    object.status.currentReplicas = 4
    object.status.desiredReplicas = 6
    object.status.currentMetrics = [
      MetricStatus(averageUtilization: 90, averageValueMilli: 450),
      MetricStatus(averageValueMilli: 2_000_000), MetricStatus(valueMilli: 1500), nil,
    ]
    object.status.conditions = [Samples.condition("ScalingLimited", .yes, "TooManyReplicas")]
    return object
  }

  static var budget: PodDisruptionBudget {
    var object = PodDisruptionBudget(meta: Samples.meta("web"))
    object.status.observedGeneration = 2
    object.status.expectedPods = 5
    object.status.desiredHealthy = 4
    object.status.currentHealthy = 3
    object.status.disruptionsAllowed = 1
    return object
  }

  static var service: Service {
    var object = Service(meta: Samples.meta("web"), selector: ["app": "web"])
    object.type = "LoadBalancer"
    object.clusterIP = "10.96.0.9"
    object.externalTrafficPolicy = "Local"
    object.externalName = "web.example.com"
    object.ports = [
      ServicePort(
        name: "http", port: 80, targetPort: .string("web"), nodePort: 30080, appProtocol: "http2")
    ]
    return object
  }

  static var endpoints: EndpointsState {
    var state = EndpointsState(namespace: "shop", service: "web", slice: "web-x7x2q")
    state.created = 70
    state.ports = [EndpointsState.Port(name: "http", number: 8080)]
    state.addresses = [
      EndpointsState.Address(
        ip: "10.244.0.7", isReady: true, pod: "web-0", node: "node-1", zone: "a"),
      EndpointsState.Address(ip: "10.244.0.8", isReady: false, pod: "web-1", node: "node-2"),
      EndpointsState.Address(
        ip: "10.244.0.9", isReady: false, isServing: true, isTerminating: true, pod: "web-2",
        node: "node-2"),
    ]
    return state
  }

  static var quota: ResourceQuota {
    var object = ResourceQuota(meta: Samples.meta("team"))
    object.status.hard = ["pods": Quantity(10), "requests.cpu": Quantity(milli: 1500)]
    object.status.used = ["pods": Quantity(4), "requests.cpu": Quantity(milli: 250)]
    return object
  }

  static var limitRange: LimitRange {
    var item = LimitRange.Item(type: "Container")
    item.minimum = ["cpu": Quantity(milli: 10)]
    item.maximum = ["cpu": Quantity(2)]
    item.defaultLimits = ["memory": Quantity(512)]
    item.defaultRequests = ["memory": Quantity(256)]
    item.maxLimitRequestRatio = ["cpu": Quantity(4)]
    var object = LimitRange(meta: Samples.meta("bounds"))
    object.limits = [item]
    return object
  }

  static var claim: PersistentVolumeClaim {
    var object = PersistentVolumeClaim(meta: Samples.meta("data"))
    object.accessModes = ["ReadWriteOnce", "ReadOnlyMany"]
    object.storageClassName = "fast"
    object.volumeName = "pv-1"
    object.volumeMode = "Filesystem"
    object.resources.requests = ["storage": Quantity(1 << 30)]
    return object
  }

  static var secret: ConfigData {
    ConfigData(
      meta: Samples.meta("token") { $0.owner = OwnerReference(kind: .job, name: "load", uid: 2) },
      data: [:])
  }

  static let objects: [ClusterObject] = [
    .configMap(ConfigData(meta: Samples.meta("settings"), data: [:])),
    .daemonSet(Samples.daemonSet), .deployment(Samples.deployment),
    .horizontalPodAutoscaler(autoscaler), .job(Samples.job), .limitRange(limitRange),
    .namespace(Namespace(meta: Samples.meta("shop"))), .persistentVolumeClaim(claim),
    .podDisruptionBudget(budget), .replicaSet(Samples.replicaSet), .resourceQuota(quota),
    .secret(secret), .service(service), .statefulSet(Samples.statefulSet),
  ]

  @Test func ofAnAutoscaler() {
    #expect(
      Samples.text(.horizontalPodAutoscaler(Self.autoscaler)) == """
        kube_horizontalpodautoscaler_created{horizontalpodautoscaler="web", namespace="shop"} 1700000060
        kube_horizontalpodautoscaler_info{horizontalpodautoscaler="web", namespace="shop", scaletargetref_api_version="apps/v1", scaletargetref_kind="Deployment", scaletargetref_name="web"} 1
        kube_horizontalpodautoscaler_metadata_generation{horizontalpodautoscaler="web", namespace="shop"} 3
        kube_horizontalpodautoscaler_spec_max_replicas{horizontalpodautoscaler="web", namespace="shop"} 20
        kube_horizontalpodautoscaler_spec_min_replicas{horizontalpodautoscaler="web", namespace="shop"} 1
        kube_horizontalpodautoscaler_spec_target_metric{container="main", horizontalpodautoscaler="web", metric_name="memory", metric_target_type="average", namespace="shop"} 1048576
        kube_horizontalpodautoscaler_spec_target_metric{horizontalpodautoscaler="web", metric_name="backlog", metric_target_type="average", namespace="shop"} 30
        kube_horizontalpodautoscaler_spec_target_metric{horizontalpodautoscaler="web", metric_name="cpu", metric_target_type="utilization", namespace="shop"} 60
        kube_horizontalpodautoscaler_spec_target_metric{horizontalpodautoscaler="web", metric_name="queue_length", metric_target_type="value", namespace="shop"} 0.5
        kube_horizontalpodautoscaler_status_condition{condition="ScalingLimited", horizontalpodautoscaler="web", namespace="shop", status="false"} 0
        kube_horizontalpodautoscaler_status_condition{condition="ScalingLimited", horizontalpodautoscaler="web", namespace="shop", status="true"} 1
        kube_horizontalpodautoscaler_status_condition{condition="ScalingLimited", horizontalpodautoscaler="web", namespace="shop", status="unknown"} 0
        kube_horizontalpodautoscaler_status_current_replicas{horizontalpodautoscaler="web", namespace="shop"} 4
        kube_horizontalpodautoscaler_status_desired_replicas{horizontalpodautoscaler="web", namespace="shop"} 6
        kube_horizontalpodautoscaler_status_target_metric{container="main", horizontalpodautoscaler="web", metric_name="memory", metric_target_type="average", namespace="shop"} 2000
        kube_horizontalpodautoscaler_status_target_metric{horizontalpodautoscaler="web", metric_name="cpu", metric_target_type="average", namespace="shop"} 0.45
        kube_horizontalpodautoscaler_status_target_metric{horizontalpodautoscaler="web", metric_name="cpu", metric_target_type="utilization", namespace="shop"} 90
        kube_horizontalpodautoscaler_status_target_metric{horizontalpodautoscaler="web", metric_name="queue_length", metric_target_type="value", namespace="shop"} 1.5
        """)
  }

  @Test func ofADisruptionBudget() {
    #expect(
      Samples.text(.podDisruptionBudget(Self.budget)) == """
        kube_poddisruptionbudget_created{namespace="shop", poddisruptionbudget="web"} 1700000060
        kube_poddisruptionbudget_status_current_healthy{namespace="shop", poddisruptionbudget="web"} 3
        kube_poddisruptionbudget_status_desired_healthy{namespace="shop", poddisruptionbudget="web"} 4
        kube_poddisruptionbudget_status_expected_pods{namespace="shop", poddisruptionbudget="web"} 5
        kube_poddisruptionbudget_status_observed_generation{namespace="shop", poddisruptionbudget="web"} 2
        kube_poddisruptionbudget_status_pod_disruptions_allowed{namespace="shop", poddisruptionbudget="web"} 1
        """)
  }

  @Test func ofAService() {
    let uid = "00000000-0000-4000-8000-0000000000ab"
    #expect(
      Samples.text(.service(Self.service)) == """
        kube_service_created{namespace="shop", service="web", uid="\(uid)"} 1700000060
        kube_service_info{cluster_ip="10.96.0.9", external_name="web.example.com", external_traffic_policy="Local", namespace="shop", service="web", uid="\(uid)"} 1
        kube_service_ports{namespace="shop", port_app_protocol="http2", port_name="http", port_node_number="30080", port_number="80", port_protocol="TCP", port_target="web", service="web", uid="\(uid)"} 1
        kube_service_spec_type{namespace="shop", service="web", type="LoadBalancer", uid="\(uid)"} 1
        """)
  }

  @Test func ofEndpoints() {
    #expect(
      Samples.text(KubeState.expose(endpoints: Self.endpoints)) == """
        kube_endpoint_address{endpoint="web", ip="10.244.0.7", namespace="shop", port_name="http", port_number="8080", port_protocol="TCP", ready="true"} 1
        kube_endpoint_address{endpoint="web", ip="10.244.0.8", namespace="shop", port_name="http", port_number="8080", port_protocol="TCP", ready="false"} 1
        kube_endpoint_created{endpoint="web", namespace="shop"} 70
        kube_endpoint_info{endpoint="web", namespace="shop"} 1
        kube_endpoint_ports{endpoint="web", namespace="shop", port_name="http", port_number="8080", port_protocol="TCP"} 1
        kube_endpointslice_created{endpointslice="web-x7x2q", namespace="shop"} 70
        kube_endpointslice_endpoints{address="10.244.0.7", endpoint_nodename="node-1", endpoint_zone="a", endpointslice="web-x7x2q", namespace="shop", ready="true", serving="true", targetref_kind="Pod", targetref_name="web-0", targetref_namespace="shop", terminating="false"} 1
        kube_endpointslice_endpoints{address="10.244.0.8", endpoint_nodename="node-2", endpointslice="web-x7x2q", namespace="shop", ready="false", serving="false", targetref_kind="Pod", targetref_name="web-1", targetref_namespace="shop", terminating="false"} 1
        kube_endpointslice_endpoints{address="10.244.0.9", endpoint_nodename="node-2", endpointslice="web-x7x2q", namespace="shop", ready="false", serving="true", targetref_kind="Pod", targetref_name="web-2", targetref_namespace="shop", terminating="true"} 1
        kube_endpointslice_info{addresstype="IPv4", endpointslice="web-x7x2q", namespace="shop"} 1
        kube_endpointslice_ports{endpointslice="web-x7x2q", namespace="shop", port_name="http", port_number="8080", port_protocol="TCP"} 1
        """)
  }

  @Test func ofAResourceQuota() {
    #expect(
      Samples.text(.resourceQuota(Self.quota)) == """
        kube_resourcequota_created{namespace="shop", resourcequota="team"} 1700000060
        kube_resourcequota{namespace="shop", resource="pods", resourcequota="team", type="hard"} 10
        kube_resourcequota{namespace="shop", resource="pods", resourcequota="team", type="used"} 4
        kube_resourcequota{namespace="shop", resource="requests.cpu", resourcequota="team", type="hard"} 1.5
        kube_resourcequota{namespace="shop", resource="requests.cpu", resourcequota="team", type="used"} 0.25
        """)
  }

  @Test func ofALimitRange() {
    #expect(
      Samples.text(.limitRange(Self.limitRange)) == """
        kube_limitrange_created{limitrange="bounds", namespace="shop"} 1700000060
        kube_limitrange{constraint="default", limitrange="bounds", namespace="shop", resource="memory", type="Container"} 512
        kube_limitrange{constraint="defaultRequest", limitrange="bounds", namespace="shop", resource="memory", type="Container"} 256
        kube_limitrange{constraint="max", limitrange="bounds", namespace="shop", resource="cpu", type="Container"} 2
        kube_limitrange{constraint="maxLimitRequestRatio", limitrange="bounds", namespace="shop", resource="cpu", type="Container"} 4
        kube_limitrange{constraint="min", limitrange="bounds", namespace="shop", resource="cpu", type="Container"} 0.01
        """)
  }

  @Test func ofAPersistentVolumeClaim() {
    #expect(
      Samples.text(.persistentVolumeClaim(Self.claim)) == """
        kube_persistentvolumeclaim_access_mode{access_mode="ReadOnlyMany", namespace="shop", persistentvolumeclaim="data"} 1
        kube_persistentvolumeclaim_access_mode{access_mode="ReadWriteOnce", namespace="shop", persistentvolumeclaim="data"} 1
        kube_persistentvolumeclaim_created{namespace="shop", persistentvolumeclaim="data"} 1700000060
        kube_persistentvolumeclaim_info{namespace="shop", persistentvolumeclaim="data", storageclass="fast", volumemode="Filesystem", volumename="pv-1"} 1
        kube_persistentvolumeclaim_resource_requests_storage_bytes{namespace="shop", persistentvolumeclaim="data"} 1073741824
        """)
  }

  @Test func ofANamespace() {
    #expect(
      Samples.text(.namespace(Namespace(meta: Samples.meta("shop")))) == """
        kube_namespace_created{namespace="shop"} 1700000060
        kube_namespace_status_phase{namespace="shop", phase="Active"} 1
        kube_namespace_status_phase{namespace="shop", phase="Terminating"} 0
        """)
  }

  @Test func ofConfigMapsAndSecrets() {
    #expect(
      Samples.text(.configMap(ConfigData(meta: Samples.meta("settings"), data: [:]))) == """
        kube_configmap_created{configmap="settings", namespace="shop"} 1700000060
        kube_configmap_info{configmap="settings", namespace="shop"} 1
        kube_configmap_metadata_resource_version{configmap="settings", namespace="shop"} 77
        """)
    #expect(
      Samples.text(.secret(Self.secret)) == """
        kube_secret_created{namespace="shop", secret="token"} 1700000060
        kube_secret_info{namespace="shop", secret="token"} 1
        kube_secret_metadata_resource_version{namespace="shop", secret="token"} 77
        kube_secret_owner{namespace="shop", owner_is_controller="true", owner_kind="Job", owner_name="load", secret="token"} 1
        kube_secret_type{namespace="shop", secret="token", type="Opaque"} 1
        """)
  }

  @Test func differentUidsStayDifferent() {
    #expect(KubeState.text(uid: 0x0123_4567_89ab_cdef) == "01234567-89ab-4000-8000-00000000cdef")
    #expect(KubeState.text(uid: .max) == "ffffffff-ffff-4000-8000-00000000ffff")
  }
}
