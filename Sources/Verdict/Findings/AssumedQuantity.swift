import Units

/// What manifests do not tell of a program, and what a condition is about.
public enum AssumedQuantity: String, Hashable, Sendable, CaseIterable {
  /// Seconds from the start of a container to its first answer.
  case startup
  /// Milliseconds for which a program answers no probe.
  case unresponsive
  /// Milliseconds that each answer to a probe takes.
  case probeAnswer
  /// MiB that a container uses.
  case memory
  /// Thousandths of a core that a container wants.
  case cpu
  /// Seconds that the longest request takes.
  case request
  /// Nodes out of 20 that are lost.
  case lostNodes
  /// Thousandths of a core that the cluster has less than are asked for.
  case clusterCPU
  /// MiB likewise.
  case clusterMemory

  /// From the smallest value that is tried to the largest.
  public var bounds: ClosedRange<Int64> {
    switch self {
    case .startup: 1...7200
    case .unresponsive, .probeAnswer: 1...3_600_000
    case .memory: 1...(1 << 22)
    case .cpu, .clusterCPU: 1...1_000_000
    case .request: 1...7200
    case .lostNodes: 1...10
    case .clusterMemory: 1...(1 << 30)
    }
  }

  /// `start-up longer than 22 s`: what holds from a value on.
  ///
  /// - Parameter value: the smallest one that shows it.
  public func words(_ value: Int64) -> String {
    switch self {
    case .startup: "start-up longer than \(AssumedQuantity.seconds(value - 1))"
    case .unresponsive:
      "no answer to probes for longer than \(AssumedQuantity.milliseconds(value - 1))"
    case .probeAnswer: "probes answered later than \(AssumedQuantity.milliseconds(value - 1))"
    case .memory: "memory over \(AssumedQuantity.mebibytes(value - 1))"
    case .cpu: "CPU use over \(AssumedQuantity.millicores(value - 1))"
    case .request: "requests longer than \(AssumedQuantity.seconds(value - 1))"
    case .lostNodes: "\(value) of 20 nodes lost"
    case .clusterCPU:
      "less than \(AssumedQuantity.millicores(value)) \(value % 1000 == 0 ? "cores" : "of CPU") free"
    case .clusterMemory: "less than \(AssumedQuantity.mebibytes(value)) of memory free"
    }
  }

  /// Whether a smaller value is the harder one to keep: less room is asked for.
  var smallerIsSafer: Bool { self == .clusterCPU || self == .clusterMemory }

  /// Whether a threshold is clearly farther from what is usual than another: by a fifth, at least.
  public func isSafer(_ value: Int64, than other: Int64) -> Bool {
    // Amounts of any size: products of integers would not do.
    let (one, two) = (Double(value), Double(other))
    return smallerIsSafer ? one * 5 <= two * 4 : one * 4 >= two * 5
  }

  private static func seconds(_ value: Int64) -> String {
    value >= 180 && value % 60 == 0 ? "\(value / 60) min" : "\(value) s"
  }

  private static func milliseconds(_ value: Int64) -> String {
    if value >= 1000 {
      let tenths = (value + 50) / 100
      return tenths % 10 == 0 ? seconds(tenths / 10) : "\(tenths / 10).\(tenths % 10) s"
    }
    return value >= 990 ? "1 s" : "\(value) ms"
  }

  private static func mebibytes(_ value: Int64) -> String {
    value >= 1024 && value % 1024 == 0 ? "\(value / 1024)Gi" : "\(value)Mi"
  }

  private static func millicores(_ value: Int64) -> String {
    value % 1000 == 0 ? "\(value / 1000)" : "\(value)m"
  }
}
