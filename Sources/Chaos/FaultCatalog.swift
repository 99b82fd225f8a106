/// Every fault that a scenario can name.
public enum FaultCatalog {
  public static let all: [any Fault.Type] = [
    APIServerSlow.self,
    CPUHog.self,
    CrashLoop.self,
    ErrorRate.self,
    EvictionStorm.self,
    GPUFailure.self,
    ImagePullFailure.self,
    MemoryLeak.self,
    NeverReady.self,
    NodeCordon.self,
    NodeCrash.self,
    NodeDrain.self,
    PodDelete.self,
    PodKill.self,
    SlowProbes.self,
    SlowService.self,
    SlowStart.self,
    TrafficSpike.self,
    ZoneOutage.self,
  ]

  public static func fault(_ kind: String) -> (any Fault.Type)? {
    all.first { $0.kind == kind }
  }
}
