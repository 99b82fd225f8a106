public import ClusterAPI
public import Units

/// What a workload's own manifest tells of its program, by annotation or between the lines.
public struct WorkloadHints: Hashable, Sendable {
  public var startup: Span?
  public var serviceTime: Span?
  /// Requests in a second.
  public var rate: Int?
  /// Where each comes from, in words.
  public private(set) var sources: [String] = []

  public static let annotations = [
    "wavetank.dev/startup", "wavetank.dev/service-time", "wavetank.dev/rate",
  ]

  /// Annotations first; then the delay of the readiness probe, which whoever wrote it chose for how
  /// long the program takes to start.
  public init(_ workload: ClusterObject) {
    let template = workload.podTemplate
    let annotations = [workload.meta.annotations, template?.annotations ?? [:]]
    func text(_ name: String) -> String? { annotations.lazy.compactMap { $0[name] }.first }
    func note(_ name: String) { sources.append("annotation \(name)") }
    if let span = text("wavetank.dev/startup").flatMap({ Span(text: $0) }), span > .zero {
      startup = span
      note("wavetank.dev/startup")
    }
    if let span = text("wavetank.dev/service-time").flatMap({ Span(text: $0) }), span > .zero {
      serviceTime = span
      note("wavetank.dev/service-time")
    }
    if let number = text("wavetank.dev/rate").flatMap({ Int($0) }), number > 0 {
      rate = number
      note("wavetank.dev/rate")
    }
    let delay =
      template?.spec.containers.compactMap {
        $0.readinessProbe?.initialDelaySeconds
      }.max() ?? 0
    if startup == nil, delay > 5 {
      startup = .seconds(Int64(delay))
      sources.append("readinessProbe.initialDelaySeconds \(delay)")
    }
  }
}
