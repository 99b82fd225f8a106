import Evidence
import Foundation
import Testing

/// Autoscalers of a real control plane and of the world, fed the same load at the same syncs.
@Suite(
  .enabled(
    if: (try? Recording.all(in: Places.fidelity)) != nil,
    "no recordings in FIDELITY_DIR or ../shared/fidelity"))
struct RecordedAutoscalerTests {
  /// The recording machine was slow during one rollout, so that a sync met other pods.
  private static let slow = ["g-rollout"]

  @Test func everySyncWantsAndSaysTheSame() throws {
    let recordings = try Recording.all(in: Places.fidelity).filter { $0.load != nil }
    #expect(recordings.count > 20)
    for recording in recordings where !Self.slow.contains(recording.name) {
      let result = FidelityRun.result(of: recording)
      for (check, finding) in result.findings where check == "autoscaler" || check == "reading" {
        #expect(finding.differences.isEmpty, "\(recording.name): \(finding.differences)")
      }
    }
  }
}
