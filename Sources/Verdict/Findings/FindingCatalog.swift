/// Every rule that a rehearsal asks.
public enum FindingCatalog {
  public static let all: [any FindingRule.Type] = [
    CPUThrottled.self,
    FieldHasNoEffect.self,
    LivenessKillsBusyPod.self,
    LivenessKillsSlowStart.self,
    MissingReference.self,
    OOMUnderLoad.self,
    PortTakenInPod.self,
    ReadinessDropsBusyPod.self,
    RefusedByAPIServer.self,
    VariableNotDefined.self,
  ]

  public static func rule(_ id: String) -> (any FindingRule.Type)? { all.first { $0.id == id } }
}
