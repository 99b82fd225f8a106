/// Every implemented family, by name.
public enum FamilyCatalog {
  public static let all: [any Family.Type] = [
    ImagePullBackoff.self,
    CrashloopBackoff.self,
    ReplicaSetScaleDown.self,
    PodDeletionOrder.self,
    DeploymentStatusSync.self,
    DeploymentCleanupUnhealthy.self,
    DeploymentFenceposts.self,
    DeploymentProportionalScale.self,
    DeploymentRSProportion.self,
    DeploymentRollingStep.self,
    IntstrScale.self,
    LabelSelectorMatching.self,
    PDBStatus.self,
    PodQOS.self,
    QuantityArith.self,
    QuantityFormat.self,
    QuantityParse.self,
    SchedulerDefaultProfile.self,
    SchedulerResourceStrategies.self,
    TaintToleration.self,
  ]
}
