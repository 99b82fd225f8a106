public import ClusterAPI

/// The admission plugin Priority: what a pod's priority is, by its class (Kubernetes 1.36).
public enum PriorityAdmission {
  /// Classes that every cluster has (`SystemPriorityClasses`).
  public static func systemValue(_ name: String) -> Int? {
    switch name {
    case "system-cluster-critical": 2_000_000_000
    case "system-node-critical": 2_000_001_000
    default: nil
    }
  }

  /// `HighestUserDefinablePriority`
  public static let highestUserDefinable = 1_000_000_000

  /// Gives a pod the priority and the preemption policy of its class, or of the default class.
  ///
  /// Without any class the pod stays as it is: its priority is 0.
  public static func admit(
    _ spec: inout PodSpec, _ classes: [PriorityClass]
  ) throws(AdmissionError) {
    var value = 0
    var policy = "PreemptLowerPriority"
    var name = spec.priorityClassName ?? ""
    if let system = systemValue(name) {
      value = system
    } else if !name.isEmpty {
      guard let named = classes.first(where: { $0.meta.name == name }) else {
        throw AdmissionError("no PriorityClass with name \(name) was found")
      }
      (value, policy) = (named.value, named.preemptionPolicy ?? policy)
    } else if let chosen = globalDefault(classes) {
      (name, value, policy) = (chosen.meta.name, chosen.value, chosen.preemptionPolicy ?? policy)
    }
    if let given = spec.priority, given != value {
      throw AdmissionError(
        "the integer value of priority (\(given)) must not be provided in pod spec; "
          + "priority admission controller computed \(value) from the given PriorityClass name")
    }
    if let given = spec.preemptionPolicy, given != policy {
      throw AdmissionError(
        "the string value of PreemptionPolicy (\(given)) must not be provided in pod spec; "
          + "priority admission controller computed \(policy) from the given PriorityClass name")
    }
    guard !name.isEmpty else { return }
    spec.priorityClassName = name
    spec.priority = value
    spec.preemptionPolicy = policy
  }

  /// Of several default classes the one with the lowest value.
  static func globalDefault(_ classes: [PriorityClass]) -> PriorityClass? {
    classes.filter(\.globalDefault).min { $0.value < $1.value }
  }

  /// Checks a class that is created or changed against those that are there.
  public static func validate(
    _ class: PriorityClass, _ present: [PriorityClass]
  ) throws(AdmissionError) {
    let name = `class`.meta.name
    if `class`.value > highestUserDefinable {
      throw AdmissionError(
        "maximum allowed value of a user defined priority is \(highestUserDefinable)")
    }
    if systemValue(name) != nil {
      throw AdmissionError(
        "the name of the priority class is a reserved name for system use only: \(name)")
    }
    if `class`.globalDefault, let other = globalDefault(present), other.meta.name != name {
      throw AdmissionError(
        "PriorityClass \(other.meta.name) is already marked as default. Only one default can exist")
    }
  }
}
