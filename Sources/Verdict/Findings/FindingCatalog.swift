/// Every rule that a rehearsal asks.
public enum FindingCatalog {
  public static let all: [any FindingRule.Type] = [
    BudgetAllowsLastPod.self,
    BudgetSelectsNothing.self,
    CPUThrottled.self,
    FieldHasNoEffect.self,
    HookOutlastsGracePeriod.self,
    HookRunsProgram.self,
    HostPortTaken.self,
    ImageForOneArchitecture.self,
    ImageRegistryGone.self,
    LivenessKillsBusyPod.self,
    LivenessKillsSlowStart.self,
    LivenessRunsPreStop.self,
    MissingReference.self,
    NodeLabelGone.self,
    OOMUnderLoad.self,
    PodsDoNotFit.self,
    PortTakenInPod.self,
    ProbeAsksApplication.self,
    ProbeCannotAnswer.self,
    ProbeRunsProgram.self,
    ReadinessDropsBusyPod.self,
    ReadinessWaits.self,
    RefusedByAPIServer.self,
    ReplicasShareNode.self,
    ServedWithoutReadiness.self,
    SystemPodWithoutPriority.self,
    TwoInstancesDuringUpdate.self,
    VariableNotDefined.self,
    WithoutLeaderElection.self,
  ]

  public static func rule(_ id: String) -> (any FindingRule.Type)? { all.first { $0.id == id } }
}
