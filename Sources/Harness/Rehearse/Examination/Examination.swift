public import ClusterAPI
import Dispatch
import Synchronization
public import Units
public import Verdict

/// All rules, asked about all workloads of a tree.
public struct Examination: Sendable {
  public var tree: ExaminedTree
  public private(set) var findings: [RehearsalFinding] = []

  /// What an examination assumes, where neither manifests nor profiles tell.
  public struct Settings: Sendable {
    var trials = TrialSettings()
    /// Workloads that are examined; nil: all.
    public var workloads: Set<ObjectKey>?
    /// At a time.
    public var jobs = 1

    /// - Parameters:
    ///   - startup: how long programs take to start, where the settings do not tell.
    ///   - settings: profiles of images.
    public init(startup: Span? = nil, _ settings: RehearsalSettings = RehearsalSettings()) {
      trials = TrialSettings(startup: startup ?? .seconds(5), profiles: settings.images)
    }
  }

  /// - Parameter isStopped: asked before each workload.
  public init(
    _ tree: ExaminedTree, _ settings: Settings,
    isStopped: @escaping @Sendable () -> Bool = { false },
    finished: @escaping @Sendable (ObjectKey) -> Void = { _ in }
  ) {
    self.tree = tree
    let workloads = tree.workloads.filter { settings.workloads?.contains($0.key) ?? true }
    let results = Mutex<[[RehearsalFinding]]>(Array(repeating: [], count: workloads.count))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(
      iterations: max(1, min(settings.jobs, workloads.count))
    ) { _ in
      while !isStopped() {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < workloads.count else { return }
        let found = Examination.findings(of: workloads[index], settings.trials)
        results.withLock {
          $0[index] = found
          finished(workloads[index].key)
        }
      }
    }
    findings =
      FindingCatalog.all.flatMap { $0.find(in: tree) } + results.withLock { $0.flatMap { $0 } }
  }

  private static func findings(
    of workload: ExaminedWorkload, _ settings: TrialSettings
  ) -> [RehearsalFinding] {
    let bench = TrialBench(settings)
    return FindingCatalog.all.flatMap { $0.find(in: workload, bench) }
  }
}
