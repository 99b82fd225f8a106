/// Which findings answer to which kind of problem of a recorded fix.
public enum ProblemTable {
  public static let findings: [String: Set<String>] = [
    "oom": ["heap-fills-limit", "oom-under-load"],
    "throttling": ["cpu-throttled"],
    "probe-too-strict": [
      "liveness-kills-busy-pod", "liveness-kills-slow-start", "readiness-drops-busy-pod",
    ],
    "wrong-probe": ["probe-asks-application", "probe-cannot-answer", "probe-runs-program"],
    "no-readiness": ["bad-version-takes-over", "requests-lost-on-start"],
    "shutdown-errors": [
      "hook-outlasts-grace-period", "hook-runs-program", "liveness-runs-prestop",
      "requests-cut-on-shutdown", "requests-lost-on-shutdown",
    ],
    "update-deadlock": [
      "daemonset-update-stuck", "rollout-cannot-progress", "two-instances-during-update",
      "update-not-rolled-out",
    ],
    "update-gap": ["requests-lost-on-start", "update-stops-all-pods"],
    "slow-rollout": ["readiness-waits", "signal-ignored", "slow-daemonset-update"],
    "missing-reference": ["missing-reference"],
    "capacity": ["no-headroom-before-scaling", "pods-do-not-fit"],
    "unschedulable": ["host-port-taken", "node-label-gone", "pods-do-not-fit", "pods-never-ready"],
    "disruption": [
      "budget-allows-last-pod", "budget-selects-nothing", "drain-blocked", "drain-takes-last-pod",
      "not-replaced-after-node-loss", "replicas-share-node", "requests-lost-on-start",
      "system-pod-without-priority",
    ],
    "scaling-conflict": [
      "autoscaler-and-replicas", "autoscaler-target-missing", "autoscaler-without-requests",
      "cpu-throttled", "no-headroom-before-scaling", "oom-under-load", "two-autoscalers",
    ],
    "selector": [
      "budget-selects-nothing", "refused-by-api-server", "selectors-overlap",
      "service-selects-nothing",
    ],
    "invalid-value": ["field-has-no-effect", "refused-by-api-server"],
    "port": [
      "host-port-taken", "port-taken-in-pod", "probe-cannot-answer", "refused-by-api-server",
      "service-port-not-served",
    ],
    "crash-on-start": [
      "arguments-replace-command", "image-for-one-architecture", "missing-reference",
      "port-taken-in-pod", "variable-not-defined",
    ],
    "duplicate-instances": ["two-instances-during-update", "without-leader-election"],
    "image-pull": ["image-registry-gone"],
    "other": ["errors-ignored"],
  ]
}
