import ClusterAPI
import Control
import Testing

/// LimitRange and PriorityClass, in Kubernetes' words.
@Suite struct AdmissionTests {
  private func pod(
    requests: ResourceList = [:], limits: ResourceList = [:],
    change: (inout PodSpec) -> Void = { _ in }
  ) -> PodSpec {
    var container = Container(name: "web", image: "web:v1")
    container.resources = ResourceRequirements(requests: requests, limits: limits)
    var spec = PodSpec(containers: [container])
    change(&spec)
    return spec
  }

  private func range(_ type: String, _ change: (inout LimitRange.Item) -> Void) -> LimitRange {
    var range = LimitRange(meta: ObjectMeta(name: "bounds"))
    var item = LimitRange.Item(type: type)
    change(&item)
    range.limits = [item]
    return range
  }

  private func message(_ spec: PodSpec, _ range: LimitRange) -> String? {
    do throws(AdmissionError) {
      try LimitRanger.validate(spec, [range])
      return nil
    } catch {
      return error.message
    }
  }

  private let mebi = { Quantity($0 << 20, format: .binarySI) } as @Sendable (Int64) -> Quantity

  @Test func aContainerGetsTheDefaultsThatItLacks() {
    let defaults = range("Container") {
      $0.defaultRequests = ["cpu": Quantity(milli: 100), "memory": mebi(64)]
      $0.defaultLimits = ["cpu": Quantity(milli: 500)]
    }
    var spec = pod(requests: ["cpu": Quantity(milli: 250)]) {
      $0.initContainers = [Container(name: "init", image: "init:v1")]
    }
    LimitRanger.setDefaults(&spec, [defaults])
    let own = spec.containers[0].resources
    #expect(own.requests == ["cpu": Quantity(milli: 250), "memory": mebi(64)])
    #expect(own.limits == ["cpu": Quantity(milli: 500)])
    #expect(spec.initContainers[0].resources.requests["cpu"] == Quantity(milli: 100))
  }

  @Test func bounds() {
    let bounds = range("Container") {
      $0.minimum = ["memory": mebi(100)]
      $0.maximum = ["memory": mebi(500)]
    }
    let words = "memory usage per Container is"
    #expect(
      message(pod(requests: ["memory": mebi(100)], limits: ["memory": mebi(500)]), bounds) == nil)
    #expect(
      message(pod(requests: ["memory": mebi(50)], limits: ["memory": mebi(400)]), bounds)
        == "minimum \(words) 100Mi, but request is 50Mi")
    #expect(
      message(pod(requests: ["memory": mebi(200)], limits: ["memory": mebi(600)]), bounds)
        == "maximum \(words) 500Mi, but limit is 600Mi")
    #expect(
      message(pod(requests: ["memory": mebi(50)]), bounds)
        == "[minimum \(words) 100Mi, but request is 50Mi, "
        + "maximum \(words) 500Mi.  No limit is specified]")
  }

  @Test func theRatioOfLimitToRequest() {
    let ratio = range("Container") { $0.maxLimitRequestRatio = ["cpu": Quantity(2)] }
    let words = "cpu max limit to request ratio per Container is 2, but "
    func asked(_ request: Int64, _ limit: Int64) -> PodSpec {
      pod(requests: ["cpu": Quantity(milli: request)], limits: ["cpu": Quantity(milli: limit)])
    }
    #expect(message(asked(250, 500), ratio) == nil)
    #expect(message(asked(300, 700), ratio) == words + "provided ratio is 2.333333")
    #expect(message(pod(), ratio) == words + "no request is specified or request is 0")
  }

  @Test func aRangeOfPodsCountsAllContainers() {
    let bounds = range("Pod") { $0.maximum = ["cpu": Quantity(1)] }
    let spec = pod(limits: ["cpu": Quantity(milli: 600)]) { $0.containers.append($0.containers[0]) }
    #expect(message(spec, bounds) == "maximum cpu usage per Pod is 1, but limit is 1200m")
  }

  private func priorityClass(_ name: String, _ value: Int, isDefault: Bool = false) -> PriorityClass
  {
    var each = PriorityClass(meta: ObjectMeta(name: name, namespace: ""), value: value)
    each.globalDefault = isDefault
    return each
  }

  @Test func aPodHasThePriorityOfItsClass() throws {
    let classes = [priorityClass("high", 1000), priorityClass("usual", 10, isDefault: true)]
    var named = pod { $0.priorityClassName = "high" }
    try PriorityAdmission.admit(&named, classes)
    #expect(named.priority == 1000)
    var plain = pod()
    try PriorityAdmission.admit(&plain, classes)
    #expect(plain.priority == 10)
    #expect(plain.priorityClassName == "usual")
    var system = pod { $0.priorityClassName = "system-node-critical" }
    try PriorityAdmission.admit(&system, [])
    #expect(system.priority == 2_000_001_000)
    var none = pod()
    try PriorityAdmission.admit(&none, [])
    #expect(none == pod())
    #expect(throws: AdmissionError("no PriorityClass with name low was found")) {
      var unknown = pod { $0.priorityClassName = "low" }
      try PriorityAdmission.admit(&unknown, classes)
    }
    #expect(throws: AdmissionError.self) {
      var own = pod { $0.priority = 7 }
      try PriorityAdmission.admit(&own, classes)
    }
  }

  @Test func thereIsOneDefaultClass() throws {
    let usual = priorityClass("usual", 10, isDefault: true)
    try PriorityAdmission.validate(usual, [usual])
    #expect(
      throws: AdmissionError(
        "PriorityClass usual is already marked as default. Only one default can exist")
    ) {
      try PriorityAdmission.validate(priorityClass("other", 5, isDefault: true), [usual])
    }
    #expect(
      throws: AdmissionError("maximum allowed value of a user defined priority is 1000000000")
    ) {
      try PriorityAdmission.validate(priorityClass("huge", 1_000_000_001), [])
    }
  }
}
