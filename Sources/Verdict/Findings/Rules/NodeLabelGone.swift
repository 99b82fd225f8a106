import ClusterAPI

/// Pods ask for nodes by a label that Kubernetes does not put on nodes any more.
enum NodeLabelGone: FindingRule {
  static let id = "node-label-gone"
  static let title = "pods need a node label that is not given any more"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    let master = "node-role.kubernetes.io/master"
    let control = "node-role.kubernetes.io/control-plane"
    let terms = workload.spec.affinity.node?.required ?? []
    let needs =
      workload.spec.nodeSelector[master] != nil
      || (!terms.isEmpty
        && terms.allSatisfy { term in
          term.matchExpressions.contains { $0.key == master && ($0.op == .exists || $0.op == .in) }
        })
    if needs {
      return [
        finding(
          .warning, workload.key, part: "node selector",
          "its pods need the label \(master), which kubeadm has not given nodes since 1.24: they stay "
            + "Pending; nodes have \(control) now", .when("unless nodes are labelled by hand"))
      ]
    }
    let tolerations = workload.spec.tolerations
    func tolerates(_ key: String) -> Bool {
      tolerations.contains { $0.key.isEmpty || $0.key == key }
    }
    guard tolerates(master), !tolerates(control) else { return [] }
    return [
      finding(
        .note, workload.key, part: "tolerations",
        "its pods tolerate the taint \(master), which kubeadm has not set since 1.25, and not \(control): "
          + "they are kept from control-plane nodes", .when("if it is to run on the control plane"))
    ]
  }
}
