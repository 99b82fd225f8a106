/// Every rule that a rehearsal asks.
public enum FindingCatalog {
  public static let all: [any FindingRule.Type] = [
    CPUThrottled.self,
    LivenessKillsBusyPod.self,
    LivenessKillsSlowStart.self,
    OOMUnderLoad.self,
    ReadinessDropsBusyPod.self,
    RefusedByAPIServer.self,
  ]

  public static func rule(_ id: String) -> (any FindingRule.Type)? { all.first { $0.id == id } }
}
