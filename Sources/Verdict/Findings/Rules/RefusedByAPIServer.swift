import ClusterAPI

/// The API server takes no such object: nothing of it is rolled out.
enum RefusedByAPIServer: FindingRule {
  static let id = "refused-by-api-server"
  static let title = "the API server refuses the object"

  static func find(in tree: ExaminedTree) -> [RehearsalFinding] {
    tree.refusals.map { finding(.error, $0.object, $0.reason) }
  }
}
