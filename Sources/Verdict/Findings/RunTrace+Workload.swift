import ClusterAPI
import Kernel
import Units
import World

// What rules ask of a run about one workload.
extension RunTrace {
  /// How long none of its pods was ready from the change on, though one was before; and from when on.
  func timeWithoutReadyPod(_ workload: ObjectKey) -> (from: Span, length: Span)? {
    let history = PodHistory(self, of: workload)
    guard let before = history.steps.last(where: { $0.at <= changeAt }), before.counts.allReady > 0
    else { return nil }
    var (first, sum) = (Span?.none, Span.zero)
    for span in history.spans(from: changeAt, to: end) where span.counts.allReady == 0 {
      first = first ?? span.from - changeAt
      sum = sum + (span.to - span.from)
    }
    return first.map { ($0, sum) }
  }

  /// Ready pods at the change and at the end.
  func readyPods(of workload: ObjectKey) -> (before: Int, after: Int) {
    let steps = PodHistory(self, of: workload).steps
    return (
      steps.last { $0.at <= changeAt }?.counts.allReady ?? 0, steps.last?.counts.allReady ?? 0
    )
  }

  /// Pods that were made before the change and are neither gone nor terminating at the end.
  func oldPodsLeft(of workload: ObjectKey) -> Int {
    var (old, left): (Set<Int>, Set<Int>) = ([], [])
    for entry in timeline {
      guard let pod = entry.happening.pod, pods[pod.index].workload == workload else { continue }
      switch entry.happening {
      case .podCreated:
        if entry.at < changeAt {
          old.insert(pod.index)
          left.insert(pod.index)
        }
      case .podTerminating, .podGone: left.remove(pod.index)
      default: break
      }
    }
    return left.count
  }

  /// How many of its old pods are left, and nothing has happened to any pod of it for five minutes.
  func oldPodsStuck(of workload: ObjectKey) -> Int {
    let last = timeline.last { entry in
      guard let pod = entry.happening.pod, pods[pod.index].workload == workload else {
        return false
      }
      if case .podUnready = entry.happening { return false }
      return true
    }
    guard end - (last?.at ?? .zero) >= .minutes(5) else { return 0 }
    return oldPodsLeft(of: workload)
  }

  /// Pods of the workload that were made from the change on.
  func podsMade(of workload: ObjectKey) -> Int {
    happenings.count { entry in
      if case .podCreated(let pod) = entry.happening {
        pods[pod.index].workload == workload
      } else {
        false
      }
    }
  }

  /// Requests from the change on, and single attempts at pods that were refused or broken off: at pods
  /// made before the change, and at those made after it.
  ///
  /// Pods of a StatefulSet or a DaemonSet are not told apart: all count as old ones.
  func lostAttempts(
    of workload: ObjectKey
  ) -> (requests: Int64, old: Tally, new: Tally, first: Span?) {
    var (requests, old, new): (Int64, Tally, Tally) = (0, Tally(), Tally())
    var first: Span?
    var isOld = Array(repeating: false, count: replicaSets.count)
    for entry in timeline where entry.at < changeAt {
      if case .podCreated(let pod) = entry.happening, pods[pod.index].workload == workload {
        isOld[pods[pod.index].replicaSet] = true
      }
    }
    for load in loads {
      let begin = load.interval(at: changeAt)
      for tally in load.requests.dropFirst(begin) { requests += tally.requests }
      for (set, tallies) in load.attempts {
        for index in tallies.indices.dropFirst(begin) where tallies[index].isLost {
          if isOld[set] { old += tallies[index] } else { new += tallies[index] }
          let at = max(.zero, load.begin(index) - changeAt)
          first = min(first ?? at, at)
        }
      }
    }
    return (requests, old, new, first)
  }

  /// How many evictions were refused, and whether the last tries still were.
  var refusedEvictions: (count: Int, untilTheEnd: Bool, message: String) {
    var (count, last, message): (Int, Instant, String) = (0, .zero, "")
    for entry in timeline where entry.at >= changeAt {
      if case .podEvicted(_, let refusal?) = entry.happening {
        (count, last, message) = (count + 1, entry.at, refusal)
      }
    }
    return (count, count > 0 && end - last < .seconds(30), message)
  }

  /// Why the last pod that has a problem does not come up.
  func lastProblem(of workload: ObjectKey) -> String? {
    for entry in timeline.reversed() {
      let found: (PodID, String)? =
        switch entry.happening {
        case .podUnschedulable(let pod, let message): (pod, message)
        case .imagePullFailed(let pod): (pod, "the image cannot be pulled")
        case .outOfMemory(let pod): (pod, "OOMKilled")
        case .crashLoopBackOff(let pod, _): (pod, "CrashLoopBackOff")
        case .volumeBusy(let pod, let claim, _):
          (pod, "Multi-Attach: \(claim) is still attached to another node")
        case .probeFailed(let pod, let kind, let timedOut):
          (pod, "the \(kind.rawValue) probe \(timedOut ? "times out" : "fails")")
        default: nil
        }
      if let (pod, words) = found, pods[pod.index].workload == workload { return words }
    }
    return nil
  }
}

extension Tally {
  /// Whether an attempt met no server, or lost it.
  var isLost: Bool { lost > 0 }

  var lost: Int64 { refused + reset + overflow }
}

extension Figures {
  /// `166 of 120,302 requests (0.14 %)`
  static func lost(_ count: Int64, of requests: Int64) -> String {
    "\(Figures.count(count)) of \(Figures.count(requests, "request")) "
      + "(\(Figures.percent(Ratio(count, of: requests))))"
  }
}
