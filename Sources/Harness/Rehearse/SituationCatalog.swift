extension Situation {
  private static func version(_ keys: @escaping @Sendable (String, String) -> String) -> [Fault] {
    // A bad version is bad from the start on; nobody runs it before the change.
    [Fault(after: -1, duration: nil, keys: keys)]
  }

  private static let replacing = [
    "requests-lost-on-shutdown", "requests-cut-on-shutdown", "requests-lost-on-start",
    "signal-ignored", "update-stops-all-pods", "rollout-cannot-progress", "pods-never-ready",
    "bad-version-takes-over", "service-port-not-served",
  ]

  public static let all: [Situation] = [
    Situation("healthy-change", "healthy change", .unharmed, explainedBy: replacing),
    Situation(
      "never-ready", "new version never ready", bad: true, .oldVersionServes,
      explainedBy: replacing,
      version { image, _ in "kind: neverReady, image: \(image)" }),
    Situation(
      "crash-after-ready", "new version crashes 10 s after ready", bad: true, .errors,
      explainedBy: ["bad-version-takes-over"],
      version { image, _ in "kind: crashLoop, image: \(image), after: 10s" }),
    Situation(
      "errors-5-percent", "new version fails 5 % of its requests", bad: true, needsLoad: true,
      .errors, explainedBy: [],
      version { image, _ in "kind: errorRate, image: \(image), errors: 5%" }),
    Situation(
      "latency-5x", "new version is 5 times slower", bad: true, needsLoad: true, .latency,
      explainedBy: [], version { image, _ in "kind: slowService, image: \(image), factor: 5" }),
    Situation(
      "memory-leak", "new version leaks memory up to its limit", bad: true, needsLoad: true,
      needsMemoryLimit: true, .errors, explainedBy: ["heap-fills-limit", "oom-under-load"],
      version { image, _ in "kind: memoryLeak, image: \(image), perRequest: LEAK" }),
    Situation(
      "image-cannot-be-pulled", "new image cannot be pulled", bad: true, .oldVersionServes,
      explainedBy: replacing,
      version { image, _ in "kind: imagePullFailure, image: \(image)" }),
    Situation(
      "slow-start-2x", "new version starts twice as slowly", .unharmed,
      explainedBy: ["liveness-kills-slow-start"] + replacing,
      version { image, _ in "kind: slowStart, image: \(image), factor: 2" }),
    Situation(
      "slow-start", "new version starts 5 times slower", .unharmed,
      explainedBy: ["liveness-kills-slow-start"] + replacing,
      version { image, _ in "kind: slowStart, image: \(image), factor: 5" }),
    Situation(
      "node-loss", "a node is lost in mid-rollout", .promoted,
      explainedBy: [
        "not-replaced-after-node-loss", "replicas-share-node", "daemonset-update-stuck",
      ], [Fault(after: 15, duration: nil) { _, _ in "kind: nodeCrash, count: 1" }]),
    Situation(
      "zone-loss", "a zone is lost in mid-rollout", needsZones: true, .promoted,
      explainedBy: [
        "not-replaced-after-node-loss", "replicas-share-node", "daemonset-update-stuck",
      ], [Fault(after: 15, duration: nil) { _, _ in "kind: zoneOutage, zone: ZONE" }]),
    Situation(
      "node-drain", "a node is drained in mid-rollout", .promoted,
      explainedBy: ["drain-blocked", "drain-takes-last-pod", "budget-allows-last-pod"] + replacing,
      [Fault(after: 15, duration: nil) { _, _ in "kind: nodeDrain, count: 1" }]),
    Situation(
      "full-cluster", "no node has room for a new pod", .errors,
      explainedBy: ["pods-do-not-fit"] + replacing,
      [Fault(after: -1, duration: nil) { _, _ in "kind: nodeCordon, node: \"*\"" }]),
    Situation(
      "traffic-spike", "traffic doubles during the rollout", needsLoad: true, .promoted,
      explainedBy: [
        "no-headroom-before-scaling", "cpu-throttled", "readiness-drops-busy-pod",
        "liveness-kills-busy-pod",
      ],
      [
        Fault(after: 5, duration: 90) { _, service in
          "kind: trafficSpike, service: \(service), factor: 2"
        }
      ]),
    Situation(
      "slow-api-server", "API server 400 ms slower, 5 % refused", .promoted,
      explainedBy: replacing,
      [
        Fault(after: -10, duration: 300) { _, _ in
          "kind: apiServerSlow, latency: 400ms, refused: 5%"
        }
      ]),
    Situation(
      "rollout-undo", "kubectl rollout undo after it was complete", rollback: .undo, .restored,
      explainedBy: ["rollback-leaves-config", "history-prevents-rollback"]),
    Situation(
      "apply-of-base", "base applied again after it was complete", rollback: .applyBase,
      .restored, explainedBy: ["rollback-leaves-config", "autoscaler-and-replicas"]),
  ]
}
