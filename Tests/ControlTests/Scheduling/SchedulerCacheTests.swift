import ClusterAPI
import Control
import Testing

/// A node with room for ten pods of one core.
func makeNode(
  _ name: String, zone: String = "a", labels: Labels = [:], taints: [Taint] = [],
  unschedulable: Bool = false, cpu: Int64 = 10
) -> SchedulingNode {
  var all = labels
  all["kubernetes.io/hostname"] = name
  all["topology.kubernetes.io/zone"] = zone
  return SchedulingNode(
    name: name, labels: all, taints: taints, unschedulable: unschedulable,
    allocatable: ["cpu": Quantity(cpu), "memory": Quantity(64 << 30), "pods": Quantity(110)])
}

/// A pod that asks for whole cores.
func makePod(app: String = "web", cores: Int64 = 1) -> SchedulingPod {
  SchedulingPod(
    namespace: "default", labels: ["app": app],
    requests: SchedulingRequests(milliCPU: cores * 1000, memory: 1 << 30))
}

@Suite struct SchedulerCacheTests {
  @Test func placedPodsTakeRoomUntilRemoved() {
    var cache = SchedulerCache()
    cache.setNode(0, makeNode("n0", cpu: 2))
    let pod = cache.addTemplate(makePod())
    for _ in 0..<2 {
      #expect(cache.decide(pod).best == [0])
      cache.place(pod, on: 0)
    }
    #expect(cache.decide(pod).best.isEmpty)
    cache.markTerminating(pod, on: 0)
    // A terminating pod still holds what it requested.
    #expect(cache.decide(pod).best.isEmpty)
    cache.remove(pod, from: 0, isTerminating: true)
    #expect(cache.decide(pod).best == [0])
  }

  @Test func equalNodesTie() {
    var cache = SchedulerCache()
    for index in 0..<4 { cache.setNode(index, makeNode("n\(index)")) }
    let pod = cache.addTemplate(makePod())
    #expect(cache.decide(pod).best == [0, 1, 2, 3])
    cache.place(pod, on: 2)
    #expect(cache.decide(pod).best == [0, 1, 3])
  }

  @Test func hostPortsExcludeEachOther() {
    var cache = SchedulerCache()
    for index in 0..<2 { cache.setNode(index, makeNode("n\(index)")) }
    var proxy = makePod(app: "proxy")
    proxy.hostPorts = [.init(port: 80)]
    var other = makePod(app: "other")
    other.hostPorts = [.init(port: 80, networkProtocol: "UDP")]
    let tcp = cache.addTemplate(proxy)
    let udp = cache.addTemplate(other)
    cache.place(tcp, on: 0)
    #expect(cache.decide(tcp).best == [1])
    #expect(cache.decide(udp).feasible.count == 2)
    cache.place(tcp, on: 1)
    let decision = cache.decide(tcp)
    #expect(decision.rejectingPlugins == [.nodePorts])
    cache.remove(tcp, from: 0, isTerminating: false)
    #expect(cache.decide(tcp).best == [0])
  }

  @Test func terminatingPodsDoNotCountForSpreadButForAffinity() {
    var cache = SchedulerCache()
    for index in 0..<2 { cache.setNode(index, makeNode("n\(index)")) }
    let selector = LabelSelector(matchLabels: ["app": "web"])
    var spread = makePod()
    spread.spreadConstraints = [
      TopologySpreadConstraint(
        maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: .doNotSchedule,
        labelSelector: selector)
    ]
    var lonely = makePod()
    lonely.affinity.podAnti = PodAffinity(
      required: [PodAffinityTerm(labelSelector: selector, topologyKey: "kubernetes.io/hostname")])
    let spreading = cache.addTemplate(spread)
    let avoiding = cache.addTemplate(lonely)
    cache.place(spreading, on: 0)
    #expect(cache.decide(spreading).best == [1])
    #expect(cache.decide(avoiding).best == [1])
    cache.markTerminating(spreading, on: 0)
    #expect(cache.decide(spreading).feasible == [0, 1])
    #expect(cache.decide(avoiding).best == [1])
  }

  @Test func daemonPodsGoWhereTheirAffinityNamesThem() {
    var cache = SchedulerCache()
    for index in 0..<3 { cache.setNode(index, makeNode("n\(index)", unschedulable: index == 1)) }
    func named(_ names: [[String]]) -> SchedulingPod {
      var pod = makePod(app: "daemon")
      pod.affinity.node = NodeAffinity(required: [
        NodeSelectorTerm(
          matchFields: names.map { .init(key: "metadata.name", op: .in, values: $0) })
      ])
      return pod
    }
    let second = cache.addTemplate(named([["n2"]]))
    #expect(cache.decide(second).best == [2])
    let cordoned = cache.addTemplate(named([["n1"]]))
    #expect(
      cache.decide(cordoned).failedSchedulingMessage()
        == "0/3 nodes are available: 1 node(s) were unschedulable, "
        + "2 node(s) didn't satisfy plugin(s) [NodeAffinity]. no new claims to deallocate, "
        + "preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.")
    let contradictory = cache.addTemplate(named([["n0"], ["n2"]]))
    #expect(
      cache.decide(contradictory).failedSchedulingMessage().hasPrefix(
        "0/3 nodes are available: pod affinity terms conflict. no new claims"))
  }

  @Test func toleratedCordonIsIgnored() {
    var cache = SchedulerCache()
    cache.setNode(0, makeNode("n0", unschedulable: true))
    var pod = makePod()
    pod.tolerations = [Toleration(key: "node.kubernetes.io/unschedulable", op: .exists)]
    let tolerant = cache.addTemplate(pod)
    #expect(cache.decide(tolerant).best == [0])
  }

  @Test func changedNodesAreSeenByKnownTemplates() {
    var cache = SchedulerCache()
    cache.setNode(0, makeNode("n0"))
    let pod = cache.addTemplate(makePod())
    #expect(cache.decide(pod).best == [0])
    let taint = Taint(key: "node.kubernetes.io/not-ready", effect: .noSchedule)
    cache.setNode(0, makeNode("n0", taints: [taint]))
    #expect(cache.decide(pod).rejectingPlugins == [.taintToleration])
    cache.setNode(1, makeNode("n1"))
    #expect(cache.decide(pod).best == [1])
    cache.removeNode(1)
    cache.setNode(0, makeNode("n0"))
    #expect(cache.decide(pod).best == [0])
    cache.removeNode(0)
    #expect(
      cache.decide(pod).failedSchedulingMessage() == "no nodes available to schedule pods")
  }

  @Test func localImagesDrawPods() {
    var cache = SchedulerCache()
    for index in 0..<3 { cache.setNode(index, makeNode("n\(index)")) }
    var source = makePod()
    source.images = ["big:1"]
    let pod = cache.addTemplate(source)
    cache.setImage("big:1", size: 2000 << 20, isPresent: true, on: 1)
    // A third of 2000 MiB counts, scaled from 23 MiB to 1000 MiB.
    let scores = cache.explain(pod).scores.first { $0.plugin == .imageLocality }
    #expect(scores?.values == [0, 65, 0])
    #expect(cache.decide(pod).best == [1])
    cache.setImage("big:1", size: 2000 << 20, isPresent: false, on: 1)
    #expect(cache.decide(pod).best == [0, 1, 2])
  }
}
