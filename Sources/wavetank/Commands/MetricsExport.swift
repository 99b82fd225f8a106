import Synchronization
import Units
import World

/// Writes what was scraped in each run into a folder, from whichever thread.
final class MetricsExport: Sendable {
  private let folder: String
  private let state = Mutex<(files: Int, failure: (any Error)?)>((0, nil))

  init(folder: String) { self.folder = folder }

  func write(_ scenario: String, _ seed: UInt64, _ store: TelemetryStore) {
    let text = store.openMetrics
    state.withLock { state in
      guard state.failure == nil else { return }
      do {
        try Files.write(text, to: "\(folder)/\(scenario)-\(seed).openmetrics")
        state.files += 1
      } catch {
        state.failure = error
      }
    }
  }

  /// - Throws: the first failure of all writes.
  func finish() throws {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      Terminal.say("metrics of \(Figures.count(state.files, "run")): \(folder)")
    }
  }
}
