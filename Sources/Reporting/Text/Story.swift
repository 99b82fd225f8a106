import ClusterAPI
public import Recording
public import Units

/// The happenings of a run that a reader wants, in words.
public struct Story {
  /// What a line is about; gives it its colour and its marker.
  public enum Topic: String, Sendable {
    case change, fault, decision, condition, failure, pod
  }

  public struct Line: Sendable {
    public var at: Instant
    public var topic: Topic
    public var text: String
  }

  let run: RunRecord

  public init(_ run: RunRecord) { self.run = run }

  /// - Parameter pods: whether single pods' ordinary steps are told too.
  public func lines(pods: Bool) -> [Line] {
    run.timeline.compactMap { entry in
      guard let (topic, text) = words(entry.happening) else { return nil }
      if topic == .pod, !pods { return nil }
      return Line(at: entry.at, topic: topic, text: text)
    }
  }

  private func name(_ pod: PodID) -> String {
    pod.index < run.pods.count ? "pod/" + run.pods[pod.index] : "pod \(pod.raw)"
  }

  private func name(_ node: NodeID) -> String {
    node.index < run.nodes.count ? "node/" + run.nodes[node.index] : "node \(node.raw)"
  }

  private func words(_ happening: Happening) -> (Topic, String)? {
    switch happening {
    case .applied(let key): (.change, "\(key.description) applied")
    case .fault(let text): (.fault, text)
    case .decided(let decision, let taken):
      (.decision, Words.decision(decision, taken: taken))
    case .reported(let key, let reason):
      (.decision, "\(key.description): \(Words.reason(reason))")
    case .condition(let key, let condition):
      (
        .condition,
        "\(key.description) \(condition.type)=\(condition.status.rawValue) (\(condition.reason))"
      )
    case .podUnschedulable(let pod, let message): (.failure, "\(name(pod)): \(message)")
    case .containerExited(let pod, let restarts):
      (.failure, "\(name(pod)): container exited, restart \(restarts)")
    case .imagePullFailed(let pod): (.failure, "\(name(pod)): ErrImagePull")
    case .outOfMemory(let pod): (.failure, "\(name(pod)): OOMKilled")
    case .conflict(let key):
      (.pod, "\(key.description): write refused, its resourceVersion was old")
    case .replicaSetCreated(let key, let replicas):
      (.change, "\(key.description) created for \(Words.count(replicas, "pod"))")
    case .replicaSetScaled(let key, let from, let to):
      (.change, "\(key.description) scaled from \(from) to \(to)")
    case .podCreated(let pod): (.pod, "\(name(pod)) created")
    case .podBound(let pod, let node): (.pod, "\(name(pod)) bound to \(name(node))")
    case .podRunning(let pod): (.pod, "\(name(pod)) running")
    case .podReady(let pod): (.pod, "\(name(pod)) ready")
    case .podUnready(let pod): (.failure, "\(name(pod)) not ready")
    case .podTerminating(let pod): (.pod, "\(name(pod)) terminating")
    case .podGone(let pod): (.pod, "\(name(pod)) gone")
    }
  }
}
