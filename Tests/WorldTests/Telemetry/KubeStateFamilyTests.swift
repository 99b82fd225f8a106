import ClusterAPI
import Evidence
import Foundation
import PromQL
import Testing
import World

/// The families that are announced are those that are exposed.
@Suite struct KubeStateFamilyTests {
  static let families = KubeState.families + KubeletMetrics.families

  /// Of kinds that seldom have one: objects with an owner.
  static var owned: [ClusterObject] {
    let objects: [ClusterObject] = [
      .deployment(KubeStateSamples.deployment), .job(KubeStateSamples.job),
    ]
    return objects.map {
      var object = $0
      object.meta.name = "owned"
      object.meta.owner = OwnerReference(kind: Kind("App"), name: "shop", uid: 9)
      return object
    }
  }

  /// Every object that the tests know.
  static func exposed(_ options: KubeState.Options) -> [Exposition.Series] {
    let epoch = KubeStateSamples.epoch
    var all = Exposition()
    for object in KubeStateObjectTests.objects + owned {
      all.append(KubeState.expose(object, epoch: epoch, options: options))
    }
    for pod in [KubeStateSamples.pod, KubeStateSamples.otherPod] {
      all.append(KubeState.expose(pod, options: options))
    }
    all.append(KubeState.expose(KubeStateSamples.node, options: options))
    all.append(KubeState.expose(endpoints: KubeStateObjectTests.endpoints, options: options))
    return all.series
  }

  static let exposed: [Exposition.Series] =
    exposed(KubeState.Options(labels: LabelAllowlist(["*": ["*"]])))
    + KubeletMetrics.expose(KubeletMetrics.State(node: "node-1")).series

  @Test func familiesAreSortedAndHaveHelp() {
    for families in [KubeState.families, KubeletMetrics.families] {
      for (a, b) in zip(families, families.dropFirst()) { #expect(a.name < b.name) }
    }
    for family in Self.families {
      #expect(!family.help.isEmpty && !family.help.contains("\n"), "\(family.name)")
      #expect((family.kind == .counter) == family.name.hasSuffix("_total"), "\(family.name)")
      #expect(Set(family.labels).count == family.labels.count, "\(family.name)")
    }
  }

  @Test func eachSeriesBelongsToAFamily() {
    for series in Self.exposed {
      guard let family = Self.families.first(where: { $0.name == series.labels.name }) else {
        Issue.record("\(series.labels) has no family")
        continue
      }
      for label in series.labels.pairs where label.name != PromQL.Labels.metricName {
        #expect(family.allows(label: label.name), "\(family.name) has \(label.name)")
      }
    }
  }

  @Test func eachFamilyAndEachOfItsLabelsIsExposed() {
    for family in Self.families {
      let series = Self.exposed.filter { $0.labels.name == family.name }
      #expect(!series.isEmpty, "\(family.name)")
      for label in family.labels where label != "label_*" {
        #expect(series.contains { !$0.labels[label].isEmpty }, "\(family.name) \(label)")
      }
    }
  }

  @Test func noSeriesIsExposedTwice() {
    #expect(Set(Self.exposed.map(\.labels)).count == Self.exposed.count)
  }

  /// What is not read is not made, and what is read is the same.
  @Test func onlyFamiliesThatAreReadAreExposed() throws {
    let families: Set = [
      "kube_deployment_status_condition", "kube_endpoint_info", "kube_endpointslice_ports",
      "kube_limitrange", "kube_node_info", "kube_pod_container_resource_requests",
      "kube_pod_labels",
      "kube_pod_status_phase",
    ]
    let labels = LabelAllowlist(["*": ["*"]])
    let wanted = WantedSeries(try families.sorted().map { try PromQL.Query($0) })
    let chosen = Self.exposed(KubeState.Options(labels: labels, wanted: wanted))
    let all = Self.exposed(KubeState.Options(labels: labels))
    #expect(chosen == all.filter { families.contains($0.labels.name) })
    #expect(Set(chosen.map(\.labels.name)) == families)
  }

  /// Names of kubernetes-mixin that a simulation does not know, and why.
  static let unknown = [
    "kube_persistentvolume_status_phase": "there are no persistent volumes",
    "kubelet_certificate_manager_client_expiration_renew_errors": "there are no certificates",
    "kubelet_certificate_manager_client_ttl_seconds": "there are no certificates",
    "kubelet_certificate_manager_server_ttl_seconds": "there are no certificates",
    "kubelet_evictions": "no kubelet evicts under pressure",
    "kubelet_pleg_relist_duration_seconds": "the kubelet's own loops take no time",
    "kubelet_pleg_relist_duration_seconds_bucket": "the kubelet's own loops take no time",
    "kubelet_pod_worker_duration_seconds_bucket": "the kubelet's own loops take no time",
    "kubelet_server_expiration_renew_errors": "there are no certificates",
    "kubelet_volume_stats_available_bytes": "volumes have no content",
    "kubelet_volume_stats_capacity_bytes": "volumes have no content",
    "kubelet_volume_stats_inodes": "volumes have no content",
    "kubelet_volume_stats_inodes_free": "volumes have no content",
    "kubelet_volume_stats_inodes_used": "volumes have no content",
    "kubelet_volume_stats_used_bytes": "volumes have no content",
  ]

  static let mixin = ["prometheus_rules.yaml", "prometheus_alerts.yaml"].map {
    Places.promql.appending(path: "kubernetes-mixin").appending(path: $0)
  }
  static let isPresent = mixin.allSatisfy { FileManager.default.fileExists(atPath: $0.path) }

  @Test(.enabled(if: isPresent, "no kubernetes-mixin: set PROMQL_DIR"))
  func whatTheMixinAsksForIsExposed() throws {
    var asked: Set<String> = []
    for file in Self.mixin {
      let text = try String(contentsOf: file, encoding: .utf8)
      let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }
      asked.formUnion(
        words.map(String.init).filter { $0.hasPrefix("kube_") || $0.hasPrefix("kubelet_") })
    }
    #expect(asked.count > 50)
    let names = Set(Self.families.map(\.name))
    #expect(asked.subtracting(names) == Set(Self.unknown.keys))
  }

  @Test func thereAreAsManyAsTheRulesOfKubernetesNeed() {
    #expect(KubeState.families.count >= 60)
  }
}
