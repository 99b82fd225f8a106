import ClusterAPI
import Units
import Verdict
import World

// What is asked of a run while it goes on.
extension Plan {
  func questions(seed: UInt64) -> MetricWatch.Questions {
    var questions = requestQuestions
    (questions.seed, questions.rules) = (seed, scenario.rules)
    (questions.expect, questions.hasLatency) = (scenario.expect, true)
    questions.workloads = scenario.shownWorkloads
    return questions
  }

  /// What is asked of the twin and of other branches, with which a run is compared.
  var requestQuestions: MetricWatch.Questions {
    var questions = MetricWatch.Questions()
    (questions.slowerThan, questions.hasLoad) = (scenario.slowerThan, !scenario.loads.isEmpty)
    (questions.start, questions.changeAt, questions.end) = (start, changeAt, end)
    return questions
  }

  /// Nothing is going to be asked but `requestQuestions`.
  func watchOnlyRequests(_ world: inout World) {
    world.narrowMetrics(
      to: scenario.loads.isEmpty ? [] : RequestQueries.announced(slowerThan: scenario.slowerThan),
      isSteered: scenario.isSteeredByMetrics)
  }

  /// Runs to the end, and asks on the way.
  func watched(
    _ world: inout World, _ questions: MetricWatch.Questions, subjects: [RunTrace.Subject]
  ) -> RunTrace {
    var watch = MetricWatch(questions, world.telemetry, closeUp: world.closeUpTelemetry)
    var next = changeAt
    while next < end {
      next = min(end, next + Plan.watchStep)
      world.run(until: next)
      world.scrape(through: next)
      if let last = look(at: world, until: next, &watch) {
        world.forgetMetrics(askedFrom: last + 1, keeping: changeAt)
      }
    }
    var trace = RunTrace(
      world, subjects: subjects, changeAt: changeAt, quietFrom: quietFrom, end: end)
    trace.take(watch)
    return trace
  }

  /// - Returns: the last time that was looked at, in milliseconds since the epoch.
  private func look(
    at world: borrowing World, until next: Instant, _ watch: inout MetricWatch
  ) -> Int64? {
    let (store, closeUp) = (world.telemetry, world.closeUpTelemetry)
    guard let through = (store ?? closeUp)?.end else { return nil }
    // What happens at an instant itself is known once it is over.
    let last = next == end ? through : through - 1
    watch.look(at: store, closeUp: closeUp, through: last)
    if next == end, let closeUp { watch.finish(closeUp) }
    return last
  }

  private static var watchStep: Span { .minutes(10) }
}
