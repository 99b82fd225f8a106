public import ClusterAPI
public import PromQL
import Units

/// The ready pods of workloads by revision, second by second, by PromQL.
public struct ReadyAnswers: Sendable {
  public struct Revision: Sendable {
    public var name: String
    public var samples: Samples
  }

  private let workloads: [ObjectKey]
  private var answers: [QueryAnswer]

  init(_ workloads: [ObjectKey], from start: Instant, begin: Int64) {
    self.workloads = workloads
    answers = workloads.map {
      QueryAnswer(ReadyQueries.ready($0), eachSecondFrom: start, begin: begin)
    }
  }

  mutating func ask(_ store: some SeriesSource, through last: Int64) {
    for index in answers.indices { answers[index].ask(store, through: last) }
  }

  /// The revisions of a workload that had pods, in the order in which they came.
  public func revisions(of workload: ObjectKey) -> [Revision] {
    guard let place = workloads.firstIndex(of: workload) else { return [] }
    return answers[place].series.map { one in
      Revision(
        name: ReadyQueries.revision({ one.labels[$0] }, of: workload), samples: one.samples)
    }.sorted { ($0.samples.times.first ?? 0, $0.name) < ($1.samples.times.first ?? 0, $1.name) }
  }

  /// When a workload is asked about first, in milliseconds since the epoch.
  public func first(of workload: ObjectKey) -> Int64? {
    workloads.firstIndex(of: workload).map { answers[$0].first }
  }
}
