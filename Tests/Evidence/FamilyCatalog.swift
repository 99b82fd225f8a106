/// Every implemented family, by name.
public enum FamilyCatalog {
  public static let all: [any Family.Type] = [
    CrashloopBackoff.self,
    DeploymentCleanupUnhealthy.self,
    DeploymentFenceposts.self,
    DeploymentProportionalScale.self,
    DeploymentRSProportion.self,
    DeploymentRollingStep.self,
    DeploymentRollout.self,
    DeploymentStatusSync.self,
    ImagePullBackoff.self,
    IntstrScale.self,
    LabelSelectorMatching.self,
    PDBStatus.self,
    PodDeletionOrder.self,
    PodQOS.self,
    ProbeTimeline.self,
    QuantityArith.self,
    QuantityFormat.self,
    QuantityParse.self,
    ReplicaSetScaleDown.self,
    SchedulerDefaultProfile.self,
    SchedulerResourceStrategies.self,
    TaintToleration.self,
  ]
}
