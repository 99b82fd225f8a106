/// Every rule that a rehearsal asks.
public enum FindingCatalog {
  public static let all: [any FindingRule.Type] = [
    BadVersionTakesOver.self,
    CPUThrottled.self,
    DaemonSetUpdateStuck.self,
    DrainBlocked.self,
    DrainTakesLastPod.self,
    LivenessKillsBusyPod.self,
    LivenessKillsSlowStart.self,
    NotReplacedAfterNodeLoss.self,
    OOMUnderLoad.self,
    PodsNeverReady.self,
    ReadinessDropsBusyPod.self,
    RefusedByAPIServer.self,
    RequestsCutOnShutdown.self,
    RequestsLostOnShutdown.self,
    RequestsLostOnStart.self,
    RolloutCannotProgress.self,
    UpdateStopsAllPods.self,
  ]

  public static func rule(_ id: String) -> (any FindingRule.Type)? { all.first { $0.id == id } }
}
