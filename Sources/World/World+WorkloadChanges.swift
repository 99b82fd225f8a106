import ClusterAPI
import Control
import Kernel
public import Units

// What users do to StatefulSets and DaemonSets that are there.
extension World {
  /// The seconds of the Unix epoch at an instant of the run.
  public func unixSeconds(at instant: Instant) -> Int64 {
    options.epoch + instant.ns / 1_000_000_000
  }

  mutating func perform<Object: Workload>(_ change: Change, on id: ID<Object>?) {
    guard let id, let before = workloads[keyPath: Object.place][id] else {
      return note(.refused(change.key, message: "not found"))
    }
    switch change {
    case .scale(_, let replicas): self.change(id) { $0.scale(to: replicas) }
    case .undo:
      guard let template = templateBefore(before.meta.uid) else { return }
      self.change(id) { $0.template = template }
    case .setImage, .restart:
      // A Job's template cannot be changed.
      guard change.key.kind != .job,
        let template = change.changed(before.template, now: unixSeconds(at: queue.now))
      else {
        return
      }
      self.change(id) { $0.template = template }
    case .apply, .pause, .delete, .node, .pod: return
    }
    note(.applied(change.key))
  }

  /// The template of the revision with the second highest number.
  private func templateBefore(_ uid: UInt64) -> PodTemplate? {
    let own = workloads.revisions.compactMap { $0 }.filter { $0.meta.owner?.uid == uid }
    return RevisionHistory(own).revisions.dropLast().last?.template
  }
}
