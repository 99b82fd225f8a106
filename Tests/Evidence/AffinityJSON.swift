import ClusterAPI

/// Reads affinities and spread constraints from their JSON form.
enum AffinityJSON {
  private static let required = "requiredDuringSchedulingIgnoredDuringExecution"
  private static let preferred = "preferredDuringSchedulingIgnoredDuringExecution"

  static func affinity(_ json: JSON) throws -> Affinity {
    Affinity(
      node: try json["nodeAffinity"].map(nodeAffinity),
      pod: try json["podAffinity"].map(podAffinity),
      podAnti: try json["podAntiAffinity"].map(podAffinity))
  }

  private static func nodeAffinity(_ json: JSON) throws -> NodeAffinity {
    NodeAffinity(
      required: try json[required].map { try $0.elements("nodeSelectorTerms").map(term) },
      preferred: try json.elements(preferred).map {
        PreferredSchedulingTerm(
          weight: try $0.int("weight"), preference: try term($0.require("preference")))
      })
  }

  private static func term(_ json: JSON) throws -> NodeSelectorTerm {
    NodeSelectorTerm(
      matchExpressions: try json.elements("matchExpressions").map(requirement),
      matchFields: try json.elements("matchFields").map(requirement))
  }

  private static func requirement(_ json: JSON) throws -> NodeSelectorRequirement {
    NodeSelectorRequirement(
      key: try json.string("key"), op: .init(try json.string("operator")),
      values: try json.strings("values"))
  }

  private static func podAffinity(_ json: JSON) throws -> PodAffinity {
    PodAffinity(
      required: try json.elements(required).map(podTerm),
      preferred: try json.elements(preferred).map {
        WeightedPodAffinityTerm(
          weight: try $0.int("weight"), term: try podTerm($0.require("podAffinityTerm")))
      })
  }

  private static func podTerm(_ json: JSON) throws -> PodAffinityTerm {
    PodAffinityTerm(
      labelSelector: try json["labelSelector"].map(ObjectJSON.labelSelector),
      namespaces: try json.strings("namespaces"),
      namespaceSelector: try json["namespaceSelector"].map(ObjectJSON.labelSelector),
      topologyKey: try json.string("topologyKey"),
      matchLabelKeys: try json.strings("matchLabelKeys"),
      mismatchLabelKeys: try json.strings("mismatchLabelKeys"))
  }

  static func spreadConstraint(_ json: JSON) throws -> TopologySpreadConstraint {
    let when = TopologySpreadConstraint.WhenUnsatisfiable(
      rawValue: try json.string("whenUnsatisfiable"))
    guard let when else { throw EvidenceError("unknown whenUnsatisfiable") }
    func policy(_ key: String, _ standard: TopologySpreadConstraint.NodePolicy)
      -> TopologySpreadConstraint.NodePolicy
    {
      json[key]?.string.flatMap(TopologySpreadConstraint.NodePolicy.init) ?? standard
    }
    return TopologySpreadConstraint(
      maxSkew: try json.int("maxSkew"), topologyKey: try json.string("topologyKey"),
      whenUnsatisfiable: when,
      labelSelector: try json["labelSelector"].map(ObjectJSON.labelSelector),
      minDomains: json["minDomains"]?.int,
      nodeAffinityPolicy: policy("nodeAffinityPolicy", .honor),
      nodeTaintsPolicy: policy("nodeTaintsPolicy", .ignore),
      matchLabelKeys: try json.strings("matchLabelKeys"))
  }
}
