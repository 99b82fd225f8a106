import ClusterAPI
import Control
import Testing
import Units

/// One sync against an API server that answers as each test says.
@Suite struct AutoscalerControllerTests {
  typealias Controller = HorizontalPodAutoscalerController

  private let now = Instant.zero + .seconds(10_000)
  private let selector = LabelSelector(matchLabels: ["app": "web"])

  private func autoscaler() -> HorizontalPodAutoscaler {
    HorizontalPodAutoscaler(
      meta: ObjectMeta(name: "web"), targetAPIVersion: "apps/v1", targetKind: "Deployment",
      targetName: "web", maxReplicas: 10)
  }

  private func pods(_ count: Int) -> [AutoscaledPod] {
    (0..<count).map {
      AutoscaledPod(
        name: "p\($0)", phase: .running, isDeleting: false, ready: .yes,
        readyTransition: .zero, startTime: .zero,
        containers: [.init(name: "app", requests: ["cpu": Quantity(milli: 100)])])
    }
  }

  private func scale(_ replicas: Int, version: UInt64 = 1) -> QueryResult {
    .scale(
      Scale(
        replicas: replicas, statusReplicas: replicas, selector: selector,
        resourceVersion: version))
  }

  /// Every pod uses so many millicores.
  private func cpu(_ milli: Int64, _ count: Int) -> QueryResult {
    .podMetrics(
      PodMetrics((0..<count).map { ("p\($0)", PodMetric(milli: milli, timestamp: now)) }))
  }

  /// Runs a pass; each request takes the next answer, which must fit it.
  private func run(
    _ input: Controller.Input, _ answers: [Answer]
  ) -> (pass: Pass<Controller.Input, Controller.Memory>, requeue: Requeue?) {
    let controller = Controller()
    var pass = Pass(now: now, input: input, memory: controller.initial)
    var left = answers[...]
    while true {
      switch controller.attempt(&pass) {
      case .done(let requeue): return (pass, requeue)
      case .asked:
        guard let answer = left.popFirst() else { return (pass, nil) }
        pass.resume(with: answer)
      }
    }
  }

  private let written = Answer.written(.written(resourceVersion: 9, uid: 1))

  private func status(
    _ pass: Pass<Controller.Input, Controller.Memory>
  ) -> HorizontalPodAutoscalerStatus? {
    for exchange in pass.transcript {
      if case .write(.replaceStatus(.horizontalPodAutoscaler(let object))) = exchange.request {
        return object.status
      }
    }
    return nil
  }

  private func reason(
    _ pass: Pass<Controller.Input, Controller.Memory>, _ type: String
  ) -> String? {
    status(pass)?.conditions.first { $0.type == type }?.reason
  }

  @Test func aConflictHasTheScaleReadAnew() throws {
    let (pass, requeue) = run(
      .init(autoscaler: autoscaler(), pods: pods(2)),
      [
        .read(scale(2, version: 4)), .read(cpu(160, 2)), .written(.refused(.conflict)),
        .read(scale(2, version: 5)), written, written,
      ])
    #expect(requeue == .after(.seconds(15)))
    let versions = pass.transcript.compactMap { exchange -> UInt64? in
      guard case .write(.scale(_, 4, let version)) = exchange.request else { return nil }
      return version
    }
    #expect(versions == [4, 5])
    #expect(reason(pass, "AbleToScale") == "SucceededRescale")
    #expect(status(pass)?.desiredReplicas == 4)
    #expect(pass.memory.failure == nil)
  }

  @Test func aScaleThatCannotBeWrittenIsNoEvent() throws {
    var object = autoscaler()
    object.behavior = ScalingBehavior()
    object.status.desiredReplicas = 7
    let (pass, requeue) = run(
      .init(autoscaler: object, pods: pods(2)),
      [.read(scale(2)), .read(cpu(160, 2)), .written(.refused(.unavailable)), written])
    #expect(requeue == .after(.seconds(15)))
    #expect(reason(pass, "AbleToScale") == "FailedUpdateScale")
    #expect(status(pass)?.desiredReplicas == 7)
    #expect(status(pass)?.lastScaleTime == nil)
    #expect(pass.memory.history.ups.isEmpty)
    #expect(pass.memory.failure == .scaleUnwritable(.unavailable))
  }

  @Test func podsThatTwoScaleAreScaledByNeither() throws {
    let (pass, _) = run(
      .init(autoscaler: autoscaler(), pods: pods(2), rivals: ["other"]),
      [.read(scale(2)), written])
    #expect(reason(pass, "ScalingActive") == "AmbiguousSelector")
    #expect(pass.memory.failure == .ambiguousSelector(rivals: ["other"]))
  }

  @Test func anUnchangedStatusIsNotWritten() throws {
    let input = Controller.Input(autoscaler: autoscaler(), pods: pods(2))
    let (first, _) = run(input, [.read(scale(2)), .read(cpu(80, 2)), written])
    var again = input
    again.autoscaler.status = try #require(status(first))
    let (second, requeue) = run(again, [.read(scale(2)), .read(cpu(80, 2))])
    #expect(requeue == .after(.seconds(15)))
    #expect(status(second) == nil)
  }

  @Test func targetsAreNamedByGroupAndKind() {
    #expect(
      autoscaler().target == ObjectKey(.deployment, namespace: "default", name: "web"))
  }
}
