/// One node label as a partition of the nodes: every value is a domain with a dense index.
struct Topology: Sendable {
  let key: String
  /// By node; -1: the node lacks the label.
  private(set) var domainOfNode: [Int32] = []
  private(set) var domainCount = 0
  private var domains: [String: Int32] = [:]

  init(key: String) { self.key = key }

  mutating func setValue(_ value: String?, of node: Int) {
    while domainOfNode.count <= node { domainOfNode.append(-1) }
    guard let value else {
      domainOfNode[node] = -1
      return
    }
    if let known = domains[value] {
      domainOfNode[node] = known
      return
    }
    let domain = Int32(domainCount)
    domains[value] = domain
    domainCount += 1
    domainOfNode[node] = domain
  }
}
