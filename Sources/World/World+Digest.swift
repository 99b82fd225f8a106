import ClusterAPI
public import Kernel
import Units

extension World {
  /// Of the run so far: every event in its order, and what came of it for the requests and objects.
  ///
  /// Equal runs have equal digests; a change that moves no event but another outcome (an answer
  /// that becomes an error, a spec that is stored otherwise) changes it too.
  public var digest: TraceDigest {
    var digest = eventDigest
    for index in options.loads.indices {
      for tally in traffic.series(LoadID(index)) { digest.absorb(tally) }
      for set in replicaSetKeys.indices {
        for tally in traffic.series(LoadID(index), revision: UInt32(set)) { digest.absorb(tally) }
      }
    }
    for entry in timeline { digest.absorb(UInt64(bitPattern: entry.at.ns), 0) }
    for deployment in deployments {
      digest.absorb(deployment.meta.resourceVersion, UInt64(deployment.meta.generation))
      digest.absorb(
        UInt64(deployment.spec.replicas), UInt64(deployment.status.availableReplicas))
    }
    for decision in decisions {
      digest.absorb(UInt64(bitPattern: decision.at.ns), UInt64(decision.taken.rawValue.utf8.count))
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
