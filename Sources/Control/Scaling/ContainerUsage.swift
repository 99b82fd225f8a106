/// What is known of the past use of one container (`ContainerState` with its
/// `AggregateContainerState`, Vertical Pod Autoscaler 1.8).
public struct ContainerUsage: Hashable, Sendable {
  public private(set) var cpu = DecayingHistogram(.cpu, halfLife: 86_400)
  public private(set) var memoryPeaks = DecayingHistogram(.memory, halfLife: 86_400)
  /// CPU samples only.
  public private(set) var samplesCount = 0
  private var firstSample: Int64?
  private var lastSample: Int64?
  private var lastMemorySample: Int64?
  /// The end of the interval of which the largest use counts; nil before the first sample.
  private var intervalEnd: Int64?
  private var peak: Int64 = 0
  private var outOfMemoryPeak: Int64 = 0

  private static let interval: Int64 = 86_400
  private static let sampleWeight = 0.1
  /// What an OOM kill adds to the use at least.
  private static let bumpMin: Int64 = 100 * 1024 * 1024
  private static let bumpRatio = 1.2

  public init() {}

  /// Takes in a CPU sample; false: it is not later than the last one.
  ///
  /// - Parameters:
  ///   - milli: millicores.
  ///   - time: Unix seconds.
  public mutating func addCPU(_ milli: Int64, at time: Int64) -> Bool {
    if milli < 0 { return false }
    if let lastSample, time <= lastSample { return false }
    cpu.add(Double(milli) / 1000, weight: ContainerUsage.sampleWeight, at: time)
    lastSample = time
    firstSample = firstSample ?? time
    samplesCount += 1
    return true
  }

  /// Takes in a memory sample; false: it is older than the last one.
  public mutating func addMemory(_ bytes: Int64, at time: Int64) -> Bool {
    if bytes < 0 { return false }
    if let lastMemorySample, time < lastMemorySample { return false }
    if takePeak(bytes, at: time) { peak = bytes }
    return true
  }

  /// Takes in an OOM kill as a sample above what was used (`RecordOOM`); false: it is too old.
  ///
  /// - Parameter request: bytes; at least as much was used.
  public mutating func addOutOfMemory(request: Int64, at time: Int64) -> Bool {
    if let intervalEnd, time < intervalEnd - ContainerUsage.interval { return false }
    let used = max(request, peak)
    let needed = max(
      used + ContainerUsage.bumpMin, ResourceAmount.scaled(used, by: ContainerUsage.bumpRatio))
    if takePeak(needed, at: time) { outOfMemoryPeak = needed }
    return true
  }

  /// Whether the sample is the largest of its interval; then it stands for the interval.
  private mutating func takePeak(_ bytes: Int64, at time: Int64) -> Bool {
    lastMemorySample = time
    let end = intervalEnd ?? time
    if time < end {
      let before = max(peak, outOfMemoryPeak)
      guard before != 0, bytes > before else { return false }
      memoryPeaks.subtract(Double(before), weight: 1, at: end)
      memoryPeaks.add(Double(bytes), weight: 1, at: end)
      return true
    }
    let next = end + ((time - end) / ContainerUsage.interval + 1) * ContainerUsage.interval
    intervalEnd = next
    (peak, outOfMemoryPeak) = (0, 0)
    memoryPeaks.add(Double(bytes), weight: 1, at: next)
    return true
  }

  /// The days of one sample a minute that the history is worth (`getConfidence`).
  ///
  /// - Parameter interval: of one day, in seconds.
  func confidence(interval: Int64) -> Double {
    guard let firstSample, let lastSample else { return 0 }
    let days = Double(lastSample - firstSample) / Double(interval)
    return min(days, Double(samplesCount) / (Double(interval) / 60))
  }
}
