/// Where a pod may run: the answer of one scheduling cycle.
public struct SchedulingDecision: Sendable {
  /// One plugin's weighted, normalized scores, parallel to `feasible`.
  public struct PluginScores: Sendable {
    public var plugin: SchedulerPlugin
    public var values: [Int64]
  }

  /// The nodes that pass all filters, in the order in which they were found.
  public internal(set) var feasible: [Int32] = []
  /// The nodes with the highest total; the scheduler takes one of them at random.
  public internal(set) var best: [Int32] = []
  /// Weighted sums, parallel to `feasible`; empty when there was nothing to choose.
  public internal(set) var totals: [Int64] = []
  /// Filled on request only. A plugin that was skipped is absent.
  public internal(set) var scores: [PluginScores] = []
  public internal(set) var rejections: [NodeRejection] = []
  /// What made the pod hopeless before any node was looked at.
  public internal(set) var preFilterMessage: String?
  /// The nodes that exist.
  public internal(set) var nodeCount = 0
  /// The names behind the indices of short resources.
  public internal(set) var resourceNames: [String] = []

  init() {}

  /// The plugins that rejected the pod: only what concerns one of them can make a retry succeed.
  public var rejectingPlugins: [SchedulerPlugin] {
    if preFilterMessage != nil { return [.nodeAffinity] }
    var isRejecting = [Bool](repeating: false, count: 16)
    for rejection in rejections { isRejecting[Int(rejection.reason.rawValue)] = true }
    var plugins: [SchedulerPlugin] = []
    for (raw, rejects) in isRejecting.enumerated() where rejects {
      if let plugin = RejectionReason(rawValue: UInt8(raw))?.plugin, !plugins.contains(plugin) {
        plugins.append(plugin)
      }
    }
    return plugins
  }

  /// How preempting other pods turned out.
  public enum Preemption: Sendable {
    /// No pod of lower priority is worth evicting.
    case noVictims
    /// `preemptionPolicy: Never`.
    case never
    /// Pods of a node are being deleted for it.
    case nominated
    /// Those of an earlier attempt are not gone yet.
    case victimsTerminating
  }

  /// The message of the event `FailedScheduling`, in Kubernetes' words.
  public func failedSchedulingMessage(preemption: Preemption = .noVictims) -> String {
    if nodeCount == 0 { return "no nodes available to schedule pods" }
    let head = "0/\(nodeCount) nodes are available:"
    var message = head
    if let preFilterMessage {
      message += " \(preFilterMessage)."
    } else {
      message += " \(histogram)."
    }
    if preemption == .nominated { return message }
    message += " no new claims to deallocate, preemption: "
    switch preemption {
    case .nominated: break
    case .victimsTerminating:
      message += "not eligible due to a terminating pod on the nominated node."
    case .never: message += "not eligible due to preemptionPolicy=Never."
    case .noVictims:
      let hopeless =
        preFilterMessage != nil ? nodeCount : rejections.count { $0.isUnresolvable }
      var outcomes: [String] = []
      if hopeless > 0 { outcomes.append("\(hopeless) Preemption is not helpful for scheduling") }
      if hopeless < nodeCount {
        outcomes.append(
          "\(nodeCount - hopeless) No preemption victims found for incoming pod")
      }
      message += head + " " + outcomes.sorted().joined(separator: ", ") + "."
    }
    return message
  }

  /// How many nodes gave each reason, sorted as text as in `FitError.Error`.
  private var histogram: String {
    var counts: [(reason: RejectionReason, lacking: UInt64, count: Int)] = []
    for rejection in rejections {
      if let at = counts.firstIndex(where: {
        $0.reason == rejection.reason && $0.lacking == rejection.lacking
      }) {
        counts[at].count += 1
      } else {
        counts.append((rejection.reason, rejection.lacking, 1))
      }
    }
    var byText: [(text: String, count: Int)] = []
    for each in counts {
      var example = NodeRejection(node: 0, reason: each.reason)
      example.lacking = each.lacking
      for text in example.texts(resourceNames: resourceNames) {
        if let at = byText.firstIndex(where: { $0.text == text }) {
          byText[at].count += each.count
        } else {
          byText.append((text, each.count))
        }
      }
    }
    return byText.map { "\($0.count) \($0.text)" }.sorted().joined(separator: ", ")
  }
}
