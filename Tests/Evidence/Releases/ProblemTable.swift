/// Which findings answer to which kind of problem of a recorded fix.
public enum ProblemTable {
  public static let findings: [String: Set<String>] = [
    "oom": ["oom-under-load"],
    "throttling": ["cpu-throttled"],
    "probe-too-strict": [
      "liveness-kills-slow-start", "liveness-kills-busy-pod", "readiness-drops-busy-pod",
    ],
    "no-readiness": ["requests-lost-on-start", "bad-version-takes-over"],
    "shutdown-errors": ["requests-lost-on-shutdown", "requests-cut-on-shutdown"],
    "update-deadlock": ["rollout-cannot-progress", "daemonset-update-stuck"],
    "update-gap": ["update-stops-all-pods", "requests-lost-on-start"],
    "disruption": [
      "drain-blocked", "drain-takes-last-pod", "not-replaced-after-node-loss",
      "requests-lost-on-start",
    ],
    "scaling-conflict": ["cpu-throttled", "oom-under-load"],
    "unschedulable": ["pods-never-ready"],
    "invalid-value": ["refused-by-api-server"],
    "selector": ["refused-by-api-server"],
  ]
}
