import ClusterAPI

/// The pods of the whole tree ask for more than a small node has left.
enum PodsDoNotFit: FindingRule {
  static let id = "pods-do-not-fit"
  static let title = "pods find no node where there is less room than they ask for"

  static func find(in tree: ExaminedTree) -> [RehearsalFinding] {
    let workloads = tree.workloads
    return [
      // Of 2 cores and 4 GiB, half is the system's.
      (name: "cpu", AssumedQuantity.clusterCPU, small: Int64(1000)),
      (name: "memory", .clusterMemory, small: 2048),
    ].compactMap { name, quantity, small in
      let asked = workloads.map { (workload: $0, amount: amount(name, of: $0)) }
      let total = asked.reduce(0) { sum($0, $1.amount) }
      guard total > small, let largest = asked.max(by: { $0.amount < $1.amount }) else {
        return nil
      }
      let count = asked.count { $0.amount > 0 }
      return finding(
        .note, largest.workload.key, part: name,
        count == 1
          ? "its pods together ask for \(text(total, name))"
          : "\(count) workloads together ask for \(text(total, name)), \(largest.workload.key.short) the "
            + "most: some of their pods stay Pending where there is less",
        .above(quantity, total))
    }
  }

  /// What the pods of a workload ask for, one of a DaemonSet: thousandths of a core, or MiB.
  private static func amount(_ name: String, of workload: ExaminedWorkload) -> Int64 {
    func one(_ container: Container) -> Int64 {
      guard let request = container.resources.requests[name] else { return 0 }
      return min(most, name == "cpu" ? request.milliValue : sum(request.value, (1 << 20) - 1) >> 20)
    }
    let lasting = workload.containers.reduce(0) { sum($0, one($1)) }
    let first = workload.spec.initContainers.filter { $0.restartPolicy != "Always" }.map(one).max()
    return min(most, max(lasting, first ?? 0)) * Int64(min(workload.fewest, 1 << 20))
  }

  /// Amounts beyond it are no amounts of a cluster.
  private static let most: Int64 = 1 << 40

  private static func sum(_ a: Int64, _ b: Int64) -> Int64 {
    let (sum, isTooLarge) = a.addingReportingOverflow(b)
    return isTooLarge ? .max : sum
  }

  private static func text(_ amount: Int64, _ name: String) -> String {
    if name == "cpu" { return amount % 1000 == 0 ? "\(amount / 1000) cores" : "\(amount)m of CPU" }
    return amount % 1024 == 0 ? "\(amount / 1024)Gi of memory" : "\(amount)Mi of memory"
  }
}
