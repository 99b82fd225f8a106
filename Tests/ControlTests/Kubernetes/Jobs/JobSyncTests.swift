import ClusterAPI
import Control
import Testing
import Units

@Suite struct JobSyncTests {
  private func job(
    completions: Int?, parallelism: Int = 1, _ change: (inout Job) -> Void = { _ in }
  ) -> Job {
    var job = Job(
      meta: ObjectMeta(name: "a"), template: PodTemplate(spec: PodSpec(containers: [])))
    job.template.spec.restartPolicy = .never
    (job.completions, job.parallelism) = (completions, parallelism)
    change(&job)
    return job
  }

  private func pod(_ id: Int, _ state: JobPod.State = .active, at: Int64 = 0) -> JobPod {
    var pod = JobPod(PodID(id))
    pod.state = state
    pod.finished = Timestamp(seconds: at)
    return pod
  }

  private func sync(_ job: Job, _ pods: [JobPod], at: Int64 = 100) -> JobSync {
    JobSync(job: job, pods: pods, now: .zero + .seconds(at))
  }

  @Test func noMorePodsThanCompletionsAreLeft() {
    let done = [pod(0, .succeeded), pod(1, .succeeded)]
    #expect(sync(job(completions: 3, parallelism: 5), done).difference.missing == [.any])
    #expect(sync(job(completions: 3, parallelism: 5), done + [pod(2)]).difference.missing == [])
    // Without completions nothing new begins after the first success.
    let some = [pod(0, .succeeded), pod(1)]
    #expect(sync(job(completions: nil, parallelism: 3), some).difference.missing == [])
    #expect(sync(job(completions: nil, parallelism: 3), some).outcome == .goesOn)
    #expect(sync(job(completions: nil), [pod(0, .succeeded)]).outcome == .complete)
  }

  @Test func surplusPodsGoUnreadyAndYoungestFirst() {
    var pods = (0..<4).map { pod($0) }
    for index in [0, 1, 3] { pods[index].isReady = true }
    let many = sync(job(completions: 9, parallelism: 2), pods)
    #expect(many.difference.surplus == [PodID(2), PodID(3)])
  }

  @Test func anIndexedJobFillsItsGaps() {
    var pods = [pod(0, .succeeded), pod(1, .failed), pod(2), pod(3, .succeeded)]
    for (index, completion) in [0, 1, 3, 0].enumerated() { pods[index].index = completion }
    let sync = sync(
      job(completions: 5, parallelism: 3) { $0.completionMode = "Indexed" }, pods)
    #expect(sync.succeeded == 1, "completion 0 counts once")
    #expect(sync.difference.missing == [.completion(1), .completion(2)])
  }

  @Test func theBackOffDoublesAndEndsWithASuccess() {
    let work = job(completions: 9)
    func wait(_ pods: [JobPod]) -> Span { sync(work, pods).backOff }
    #expect(wait([]) == .zero)
    #expect(wait([pod(0, .failed, at: 95)]) == .seconds(5))
    #expect(wait([pod(0, .failed, at: 80)]) == .zero)
    #expect(wait([pod(0, .failed, at: 60), pod(1, .failed, at: 95)]) == .seconds(15))
    let many = (0..<12).map { pod($0, .failed, at: 100) }
    #expect(wait(many) == .seconds(600))
    #expect(wait([pod(0, .failed, at: 60), pod(1, .succeeded, at: 90)]) == .zero)
  }

  @Test func whatEndsIt() {
    let failures = (0..<3).map { pod($0, .failed) }
    func outcome(_ limit: Int) -> JobSync.Outcome {
      sync(job(completions: 1) { $0.backoffLimit = limit }, failures).outcome
    }
    #expect(outcome(3) == .goesOn)
    #expect(outcome(2) != .goesOn)
    var restarting = pod(0)
    restarting.restarts = 2
    let onFailure = job(completions: 1) {
      $0.backoffLimit = 2
      $0.template.spec.restartPolicy = .onFailure
    }
    #expect(sync(onFailure, [restarting]).outcome != .goesOn)
    let limited = job(completions: 1) {
      $0.activeDeadlineSeconds = 20
      $0.status.startTime = Timestamp(seconds: 70)
    }
    #expect(sync(limited, [pod(0)], at: 89).outcome == .goesOn)
    #expect(sync(limited, [pod(0)], at: 90).outcome != .goesOn)
  }
}
