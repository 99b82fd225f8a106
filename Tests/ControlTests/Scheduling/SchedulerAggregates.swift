import ClusterAPI
import Control
import Testing

/// The cache's aggregates after any history equal those of a cache built from the state alone.
@Suite struct SchedulerAggregates {
  /// A small generator, so that a failure can be repeated from its seed.
  struct Draws {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
  }

  struct Placement: Equatable {
    var template: Int
    var node: Int
    var isTerminating: Bool
  }

  static let nodeMax = 6

  /// Pods with every kind of constraint that looks at other pods.
  static func pods() -> [SchedulingPod] {
    (0..<6).map { index in
      var pod = makePod(app: ["web", "db"][index % 2])
      pod.namespace = index == 5 ? "other" : "default"
      pod.namespaceLabels = ["team": index == 5 ? "x" : "y"]
      pod.requests.others = index == 3 ? ["example.com/device": 1] : [:]
      pod.images = ["image:\(index % 2)"]
      let web = LabelSelector(matchLabels: ["app": "web"])
      let near = PodAffinityTerm(labelSelector: web, topologyKey: "topology.kubernetes.io/zone")
      let alone = PodAffinityTerm(
        labelSelector: web, namespaceSelector: LabelSelector(),
        topologyKey: "kubernetes.io/hostname")
      switch index {
      case 0: pod.defaultSpreadSelector = web
      case 1: pod.affinity.pod = PodAffinity(preferred: [.init(weight: 7, term: near)])
      case 2:
        pod.spreadConstraints = [
          TopologySpreadConstraint(
            maxSkew: 1, topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: .doNotSchedule, labelSelector: web, nodeTaintsPolicy: .honor),
          TopologySpreadConstraint(
            maxSkew: 1, topologyKey: "disk", whenUnsatisfiable: .scheduleAnyway,
            labelSelector: web),
        ]
      case 3: pod.affinity.podAnti = PodAffinity(required: [alone])
      case 4: pod.affinity.pod = PodAffinity(required: [near])
      default: pod.affinity.podAnti = PodAffinity(preferred: [.init(weight: 3, term: alone)])
      }
      return pod
    }
  }

  static func randomNode(_ index: Int, _ draws: inout Draws) -> SchedulingNode {
    let effects: [TaintEffect] = [.noSchedule, .preferNoSchedule]
    var node = makeNode(
      "n\(index)", zone: ["a", "b", "c"][draws.below(3)],
      labels: draws.below(2) == 0 ? ["disk": ["ssd", "hdd"][draws.below(2)]] : [:],
      taints: draws.below(3) == 0 ? [Taint(key: "t", effect: effects[draws.below(2)])] : [],
      unschedulable: draws.below(6) == 0, cpu: 40)
    node.allocatable["example.com/device"] = Quantity(4)
    return node
  }

  @Test(arguments: 1...40)
  func historyDoesNotMatter(seed: UInt64) {
    var draws = Draws(state: seed)
    var nodes = [SchedulingNode?](repeating: nil, count: Self.nodeMax)
    var placements: [Placement] = []
    var cache = SchedulerCache()
    let pods = Self.pods()
    // Some templates are known from the start, the others appear on the way.
    var templates: [Int?] = pods.enumerated().map { $0 < 3 ? cache.addTemplate($1) : nil }

    for step in 0..<60 {
      let node = draws.below(Self.nodeMax)
      switch draws.below(8) {
      case 0, 1:
        let new = Self.randomNode(node, &draws)
        nodes[node] = new
        cache.setNode(node, new)
      case 2 where draws.below(3) == 0:
        nodes[node] = nil
        cache.removeNode(node)
      case 3 where !placements.isEmpty:
        let at = draws.below(placements.count)
        let gone = placements.remove(at: at)
        let template = templates[gone.template] ?? -1
        cache.remove(template, from: gone.node, isTerminating: gone.isTerminating)
      case 4 where !placements.isEmpty:
        let at = draws.below(placements.count)
        if placements[at].isTerminating { continue }
        placements[at].isTerminating = true
        cache.markTerminating(templates[placements[at].template] ?? -1, on: placements[at].node)
      default:
        guard nodes[node] != nil else { continue }
        let kind = draws.below(pods.count)
        let template = templates[kind] ?? cache.addTemplate(pods[kind])
        templates[kind] = template
        cache.place(template, on: node)
        placements.append(Placement(template: kind, node: node, isTerminating: false))
      }
      if step % 6 == 5 { compare(&cache, templates, nodes, placements, pods, "seed \(seed)") }
    }
  }

  private func compare(
    _ cache: inout SchedulerCache, _ templates: [Int?], _ nodes: [SchedulingNode?],
    _ placements: [Placement], _ pods: [SchedulingPod], _ label: String
  ) {
    var fresh = SchedulerCache()
    for (index, node) in nodes.enumerated() {
      if let node { fresh.setNode(index, node) }
    }
    let known = pods.map { fresh.addTemplate($0) }
    for each in placements where nodes[each.node] != nil {
      fresh.place(known[each.template], on: each.node)
      if each.isTerminating { fresh.markTerminating(known[each.template], on: each.node) }
    }
    for (kind, template) in templates.enumerated() {
      guard let template else { continue }
      let found = summary(cache.explain(template))
      let wanted = summary(fresh.explain(known[kind]))
      #expect(found == wanted, "\(label), pod \(kind)")
    }
  }

  private func summary(_ decision: SchedulingDecision) -> [String] {
    let rejections = decision.rejections.map {
      "\($0.node) \($0.texts(resourceNames: decision.resourceNames))"
    }
    let scores = decision.scores.flatMap { each in
      zip(decision.feasible, each.values).map { "\($0) \(each.plugin) \($1)" }
    }
    return rejections.sorted() + scores.sorted() + decision.best.sorted().map { "best \($0)" }
  }
}
