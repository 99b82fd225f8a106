import ClusterAPI

/// A probe asks a page of the application itself: a liveness probe one that needs others to answer, or any
/// probe the heavy page of metrics.
enum ProbeAsksApplication: FindingRule {
  static let id = "probe-asks-application"
  static let title = "a probe asks a page that is no health check"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    workload.containers.flatMap { container in
      container.probes.compactMap { kind, probe in
        guard case .httpGet(let path, _, _) = probe.handler else { return nil }
        if segments(of: path).last == "metrics" {
          return finding(
            .note, workload.key, part: "\(container.name) \(kind.rawValue)",
            "the \(kind.rawValue) probe of \(container.name) fetches `\(path)`, a page that grows with "
              + "what is measured and says nothing of health",
            .when("if the metrics take longer than \(probe.timeoutSeconds) s"))
        }
        guard kind == .liveness, isApplication(path) else { return nil }
        return finding(
          .warning, workload.key, part: "\(container.name) \(kind.rawValue)",
          "the liveness probe of \(container.name) asks `\(path)`, which is no health check: when what it "
            + "needs fails, every pod is restarted, and that helps nothing",
          .when("if `\(path)` needs anything outside of its pod"))
      }
    }
  }

  private static func segments(of path: String) -> [String] {
    (path.split(separator: "?").first ?? "").split(separator: "/").map { $0.lowercased() }
  }

  /// Whether a path is neither a health check, nor the root, nor a file.
  static func isApplication(_ path: String) -> Bool {
    guard path.contains("/"), path != "/" else { return false }
    let segments = segments(of: path)
    guard let last = segments.last, !last.contains("."), !path.contains("..") else { return false }
    return !segments.contains { segment in
      own.contains(segment) || health.contains { segment.contains($0) }
    }
  }

  /// What paths of health checks have in them.
  private static let health = [
    "alive", "check", "health", "heartbeat", "live", "ping", "probe", "ready", "readiness",
    "startup",
    "status",
  ]

  /// Pages of servers about themselves.
  private static let own: Set<String> = [
    "-", "admin", "echo", "hc", "hello", "info", "monitor", "monitoring", "ok", "ruok",
    "server_info",
    "started", "stats", "up", "version",
  ]
}
