import ClusterAPI
import Control

/// No simulated state has more pods asked for than `replicas + maxSurge`, unless the controller found
/// more already.
enum BoundsCheck: FidelityCheck {
  static let name = "surge bound"

  static func finding(_ pair: Pair) throws -> Finding {
    var finding = Finding()
    let names = Set(pair.journal.deployments.map(\.object.meta.name))
    guard names.count == 1 else { return finding }
    var before: Int64 = 0
    for state in pair.journal.specs {
      let total = state.counts.values.reduce(0, +)
      defer { before = total }
      guard let entry = pair.journal.deployments.last(where: { $0.at <= state.at }) else {
        continue
      }
      let spec = entry.object.spec
      let rolling = RollingUpdate(replicas: spec.replicas, strategy: spec.strategy)
      let bound = Int64(spec.replicas + rolling.maxSurge)
      if total > bound, total > before {
        finding.differences.append(
          "\(SettledCheck.text(state)): \(total) pods where \(bound) are allowed")
        break
      }
    }
    return finding
  }
}
