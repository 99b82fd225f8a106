import ClusterAPI
public import Kernel
import Units

extension World {
  /// Of the run so far: every event in its order, and what came of it: the requests by outcome in each
  /// interval, the times of the timeline, the versions of workloads and the sizes of Deployments, the
  /// decisions.
  ///
  /// Equal runs have equal digests; an answer that becomes an error changes it, though no event moves.
  public var digest: TraceDigest {
    var digest = eventDigest
    for index in options.loads.indices {
      for tally in traffic.series(LoadID(index)) { digest.absorb(tally) }
      for set in owners.indices {
        for tally in traffic.series(LoadID(index), revision: UInt32(set)) { digest.absorb(tally) }
      }
    }
    for entry in timeline { digest.absorb(UInt64(bitPattern: entry.at.ns), 0) }
    for deployment in deployments {
      digest.absorb(deployment.meta.resourceVersion, UInt64(deployment.meta.generation))
      digest.absorb(
        UInt64(deployment.spec.replicas), UInt64(deployment.status.availableReplicas))
    }
    for autoscaler in autoscalers {
      digest.absorb(
        autoscaler.meta.resourceVersion, UInt64(autoscaler.status.desiredReplicas))
    }
    for object in workloads.objects {
      digest.absorb(object.meta.resourceVersion, UInt64(object.meta.generation))
    }
    for decision in decisions {
      let taken = CauseHash().with(decision.taken.rawValue).value
      digest.absorb(UInt64(bitPattern: decision.at.ns), taken)
    }
    return digest
  }
}

extension TraceDigest {
  fileprivate mutating func absorb(_ tally: Tally) {
    func word(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) }
    absorb(word(tally.ok), word(tally.serverError))
    absorb(word(tally.refused), word(tally.reset))
    absorb(word(tally.overflow), word(tally.noEndpoints))
    absorb(word(tally.timeout), word(tally.retried))
    absorb(word(tally.arrived), word(tally.latencySum))
  }
}
