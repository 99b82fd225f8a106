import ClusterAPI

/// `Toleration.ToleratesTaint`, `FindMatchingUntoleratedTaint` and the count of soft taints.
enum TaintToleration: Family {
  static let name = "taint_toleration"

  static func answer(to input: JSON) throws -> JSON {
    let taints = try input.elements("taints").map(ObjectJSON.taint)
    let tolerations = try input.elements("tolerations").map(ObjectJSON.toleration)
    let untolerated = tolerations.firstUntolerated(taints)
    let pairwise = taints.map { taint in
      JSON.array(tolerations.map { .bool($0.tolerates(taint)) })
    }
    var answer: [String: JSON] = [
      "pairwise": .array(pairwise), "schedulable": .bool(untolerated == nil),
      "intolerablePreferNoSchedule": .int(Int64(tolerations.intolerableSoftCount(taints))),
    ]
    if let taint = untolerated { answer["firstUntolerated"] = ObjectJSON.json(taint) }
    return .object(answer)
  }
}
