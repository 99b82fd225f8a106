import ClusterAPI
import Evidence
import Testing
import Units

@testable import Control

/// AnalysisRuns against those of a real Argo Rollouts 1.10.2, and what recordings do not show.
@Suite struct AnalysisRunTests {
  private typealias AnalysisPass = Pass<Int, Int>

  @Test(arguments: try AnalysisRecording.all().map(\.name))
  func comesToWhatWasRecorded(name: String) throws {
    let recording = try #require(try AnalysisRecording.all().first { $0.name == name })
    var run = AnalysisRun(metrics: recording.metrics.count)
    var measured = recording.metrics.map { _ in [AnalysisRecording.Measurement]() }
    var now = recording.created
    for _ in 0..<1000 {
      let isTerminated = recording.terminated.map { $0 <= now } ?? false
      let taken = look(&run, recording, at: now, isTerminated)
      for one in taken {
        measured[one.metric].append(
          .init(
            at: Timestamp(now).seconds, phase: one.phase.rawValue,
            value: one.phase == .error ? "" : text(one.result)))
      }
      guard let next = run.next(recording.metrics)?.instant else { break }
      now = max(now, min(next, recording.terminated ?? next))
    }
    #expect(run.phase.rawValue == recording.phase)
    for result in recording.results {
      let index = try #require(recording.metrics.firstIndex { $0.name == result.name })
      let own = try #require(run.results[index])
      #expect(own.phase.rawValue == result.phase, "\(result.name)")
      // What ends a run falls before or after a measurement that is due with it.
      let spare = recording.terminated == nil ? 0 : 1
      #expect(abs(own.count - Int(result.count)) <= spare)
      // Argo keeps the last ten.
      var all = measured[index]
      if result.measurements.count == 10, all.count > Int(result.count) { all.removeLast() }
      if result.measurements.count == 10 { all = all.suffix(10) }
      #expect(abs(all.count - result.measurements.count) <= spare)
      for (own, recorded) in zip(all, result.measurements) {
        #expect(own.phase == recorded.phase && own.value == recorded.value)
        #expect(abs(own.at - recorded.at) <= 1, "\(result.name) at \(own.at), not \(recorded.at)")
      }
    }
  }

  private func look(
    _ run: inout AnalysisRun, _ recording: AnalysisRecording, at now: Instant, _ isTerminated: Bool
  ) -> [AnalysisRun.Measurement] {
    var pass = AnalysisPass(now: now, input: 0, memory: 0)
    while true {
      var (attempt, replay) = (run, pass)
      do {
        let taken = try attempt.reconcile(recording.metrics, isTerminated: isTerminated, &replay)
        run = attempt
        return taken
      } catch {
        guard case .measure(let query)? = replay.pending else { return [] }
        replay.resume(with: .measured(recording.answer(query, at: now)))
        pass = replay
      }
    }
  }

  /// As Argo writes a value.
  private func text(_ result: MeasuredResult?) -> String {
    func one(_ number: Double) -> String {
      if number.isNaN { return "NaN" }
      return NumberBound.text(number)
    }
    return switch result {
    case .scalar(let number)?: one(number)
    case .vector(let numbers)?: "[\(numbers.map(one).joined(separator: ","))]"
    case nil: ""
    }
  }

  @Test func theRecordingsAreThere() throws {
    #expect(try AnalysisRecording.all().count == 39)
  }

  @Test func itIsStoredAsText() throws {
    var run = AnalysisRun(metrics: 2)
    #expect(AnalysisRun(text: run.text) == run)
    let recording = try #require(try AnalysisRecording.all().first { $0.metrics.count == 2 })
    _ = look(&run, recording, at: recording.created, false)
    #expect(run.results[0] != nil)
    #expect(AnalysisRun(text: run.text) == run)
    #expect(AnalysisRun(text: "Running 8") == nil)
    #expect(AnalysisRun(text: "Running 8 -;Running 1 2") == nil)
  }
}
