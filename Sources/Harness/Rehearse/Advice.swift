import ClusterAPI
import Recording
import World

/// A setting that may help; said only after a run with it has passed where the one without failed.
public struct Advice: Sendable {
  /// What to write in the manifest.
  public var setting: String
  /// The situation that it helps in.
  public var situation: String
  public var seeds: Int

  private struct Candidate: Sendable {
    var setting: String
    /// Changes the Deployment; false where it has the setting already.
    var apply: @Sendable (inout DeploymentSpec) -> Bool
  }

  private static let candidates: [Candidate] = [
    Candidate(
      setting:
        "lifecycle.preStop.sleep.seconds: 10, so that a terminating pod serves until no proxy "
        + "sends to it any more"
    ) { preStop(&$0) },
    Candidate(
      setting: "a readinessProbe every 5 s, so that a pod gets no request before it listens"
    ) { readiness(&$0) },
    Candidate(setting: "a readinessProbe every 5 s and lifecycle.preStop.sleep.seconds: 10") {
      let probe = readiness(&$0)
      return preStop(&$0) && probe
    },
    Candidate(
      setting: "strategy.rollingUpdate.maxUnavailable: 0 with maxSurge: 1, so that no pod leaves "
        + "before its successor is ready"
    ) { spec in
      guard spec.strategy.kind == .recreate || spec.strategy.maxUnavailable != .int(0) else {
        return false
      }
      spec.strategy.kind = .rollingUpdate
      spec.strategy.maxUnavailable = .int(0)
      spec.strategy.maxSurge = .int(1)
      return true
    },
  ]

  private static func preStop(_ spec: inout DeploymentSpec) -> Bool {
    guard spec.template.spec.containers[0].preStop == nil else { return false }
    spec.template.spec.containers[0].preStop = .sleep(seconds: 10)
    return true
  }

  private static func readiness(_ spec: inout DeploymentSpec) -> Bool {
    guard spec.template.spec.containers[0].readinessProbe == nil else { return false }
    var probe = Probe(handler: .tcpSocket(port: .int(8080)))
    probe.periodSeconds = 5
    spec.template.spec.containers[0].readinessProbe = probe
    return true
  }

  /// Tries the candidates where the new version is good and yet not every run passed.
  public static func find(
    _ rehearsal: Rehearsal, _ rows: [Rehearsal.Row], jobs: Int
  ) -> [Advice] {
    for row in rows where !row.situation.isBadVersion && !row.isSurvived {
      guard
        let scenario = rehearsal.scenarios.first(where: {
          $0.name == rehearsal.name(of: row.situation)
        })
      else { continue }
      for candidate in candidates {
        guard let changed = apply(candidate, to: scenario, rehearsal.deployment) else { continue }
        let runs = Suite.run([changed], jobs: jobs) { _ in }
        if runs.allSatisfy({ $0.verdict == .passed }) {
          return [
            Advice(
              setting: candidate.setting, situation: row.situation.title, seeds: runs.count)
          ]
        }
      }
    }
    return []
  }

  private static func apply(
    _ candidate: Candidate, to scenario: Scenario, _ deployment: Deployment
  ) -> Scenario? {
    let key = ClusterObject.deployment(deployment).key
    var (changed, isThere) = (scenario, false)
    for (index, object) in scenario.objects.enumerated() where object.key == key {
      guard case .deployment(var stored) = object, candidate.apply(&stored.spec) else { return nil }
      changed.objects[index] = .deployment(stored)
      isThere = true
    }
    // What is applied has it too.
    for (moment, timed) in scenario.changes.enumerated() {
      for (index, change) in timed.changes.enumerated() where change.key == key {
        guard case .apply(let object) = change, case .deployment(var wanted) = object else {
          continue
        }
        guard candidate.apply(&wanted.spec) else { return nil }
        changed.changes[moment].changes[index] = .apply(.deployment(wanted))
      }
    }
    return isThere ? changed : nil
  }
}
