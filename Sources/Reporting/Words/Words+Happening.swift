public import ClusterAPI
public import Recording
import Units

extension Words {
  /// What happened, with the names of pods and nodes as the run knows them.
  public static func happening(_ happening: Happening, in run: RunRecord) -> String {
    switch happening {
    case .applied(let key): "\(key.description) applied"
    case .fault(let text): text
    case .replicaSetCreated(let key, let replicas):
      "\(key.description) created with \(count(replicas, "replica"))"
    case .replicaSetScaled(let key, let from, let to), .scaled(let key, let from, let to):
      "\(key.description) scaled \(to > from ? "up" : "down") from \(from) to \(to)"
    case .podCreated(let pod): "\(self.pod(pod, in: run)) created"
    case .podBound(let pod, let node):
      "\(self.pod(pod, in: run)) scheduled to \(self.node(node, in: run))"
    case .podUnschedulable(let pod, let message):
      "\(self.pod(pod, in: run)) FailedScheduling: \(message)"
    case .podRunning(let pod): "\(self.pod(pod, in: run)) running"
    case .podReady(let pod): "\(self.pod(pod, in: run)) ready"
    case .podUnready(let pod): "\(self.pod(pod, in: run)) no longer ready"
    case .containerExited(let pod, let restarts):
      "container of \(self.pod(pod, in: run)) exited (\(count(restarts, "restart")))"
    case .crashLoopBackOff(let pod, let wait):
      "\(self.pod(pod, in: run)) CrashLoopBackOff, starts again in \(span(wait))"
    case .containerKilled(let pod, let reason):
      "container of \(self.pod(pod, in: run)) killed: \(kill(reason))"
    case .probeFailed(let pod, let kind, let timedOut):
      "\(self.pod(pod, in: run)) \(kind.rawValue) probe \(timedOut ? "timed out" : "failed")"
    case .imagePulled(let pod, let image, let took):
      "\(self.pod(pod, in: run)) pulled \(image) in \(span(took))"
    case .imagePullFailed(let pod): "\(self.pod(pod, in: run)) ErrImagePull"
    case .outOfMemory(let pod): "container of \(self.pod(pod, in: run)) OOMKilled"
    case .nodeReady(let node, let status):
      "\(self.node(node, in: run)) Ready=\(status.rawValue)"
    case .podTerminating(let pod): "\(self.pod(pod, in: run)) terminating"
    case .volumeBusy(let pod, let claim, let node):
      "\(self.pod(pod, in: run)) waits: the volume of \(claim) is attached to "
        + "\(self.node(node, in: run)) (Multi-Attach error)"
    case .podRejected(let pod, let message):
      "\(self.pod(pod, in: run)) UnexpectedAdmissionError: \(message)"
    case .podEvicted(let pod, let refusal):
      "\(self.pod(pod, in: run)) \(refusal.map { "not evicted: \($0)" } ?? "evicted")"
    case .podPreempted(let pod, let by):
      "\(self.pod(pod, in: run)) preempted by \(self.pod(by, in: run))"
    case .podGone(let pod): "\(self.pod(pod, in: run)) gone"
    case .condition(let key, let condition):
      "\(key.description) \(self.condition(condition))"
    case .conflict(let key): "write to \(key.description) met a conflict (409)"
    case .refused(let key, let message): "write of \(key.description) refused: \(message)"
    case .decided(let decision, let taken):
      "\(decision.subject.description): \(self.decision(decision, taken: taken))"
    case .alertFires(let name, let about): "alert \(name) fires: \(about)"
    case .alertResolved(let name, let about): "alert \(name) resolved: \(about)"
    case .alertPending(let name, let about, let hold):
      "alert \(name) pending, to the end of the run; fires after \(span(hold)): \(about)"
    case .reported(let key, let reason): "\(key.description): \(self.reason(reason))"
    }
  }

  static func kill(_ reason: KillReason) -> String {
    switch reason {
    case .liveness: "its liveness probe failed"
    case .startup: "its startup probe failed"
    case .gracePeriod: "still running at the end of its grace period"
    }
  }

  /// `Progressing=False (ProgressDeadlineExceeded)`
  static func condition(_ condition: Condition) -> String {
    let reason = condition.reason.isEmpty ? "" : " (\(condition.reason))"
    return "\(condition.type)=\(condition.status.rawValue)\(reason)"
  }

  /// `pod/web-7d9c5b-x2x4z`; by its id where the record has no name for it.
  static func pod(_ pod: PodID, in run: RunRecord) -> String {
    "pod/" + podName(pod, in: run)
  }

  static func podName(_ pod: PodID, in run: RunRecord) -> String {
    run.pods.indices.contains(pod.index) ? run.pods[pod.index] : "#\(pod.raw)"
  }

  static func node(_ node: NodeID, in run: RunRecord) -> String {
    "node/" + (run.nodes.indices.contains(node.index) ? run.nodes[node.index] : "#\(node.raw)")
  }
}
