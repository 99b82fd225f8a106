/// Every implemented family, by name.
public enum FamilyCatalog {
  public static let all: [any Family.Type] = [
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
