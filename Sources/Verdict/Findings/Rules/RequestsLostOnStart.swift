import ClusterAPI
import Units
import World

/// A pod without a readiness probe counts as ready as soon as its containers run: it gets requests
/// before it listens.
enum RequestsLostOnStart: FindingRule {
  static let id = "requests-lost-on-start"
  static let title = "requests reach pods that do not listen yet"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard workload.isServed, workload.isUpdatable,
      workload.containers.allSatisfy({ $0.readinessProbe == nil && $0.startupProbe == nil })
    else { return [] }
    let trace = trials.run(workload, .restart)
    let lost = trace.lostAttempts(of: workload.key)
    let count = workload.object.kind == .deployment ? lost.new.lost : lost.old.lost
    guard count > 0 else { return [] }
    var finding = finding(
      .warning, workload.key,
      "without a readiness probe its pods get requests while they start: "
        + Figures.lost(count, of: lost.requests) + " during an update")
    finding.at = lost.first
    finding.figures = [.init("requests lost", Figures.lost(count, of: lost.requests))]
    finding.moments = trace.moments
    if let container = workload.spec.containers.first {
      let port: DocumentValue =
        container.ports.first.map { port in
          port.name.map { .string($0) } ?? .integer(Int64(port.containerPort))
        } ?? .integer(8080)
      finding.remedies = [
        .container(
          "a readiness probe", workload.key, container.name,
          [
            .init(
              "readinessProbe",
              .object([
                .init("tcpSocket", .object([.init("port", port)])),
                .init("periodSeconds", .integer(5)), .init("timeoutSeconds", .integer(5)),
              ]))
          ])
      ]
    }
    return [finding]
  }
}
