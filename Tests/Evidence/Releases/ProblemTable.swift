/// Which findings answer to which kind of problem of a recorded fix.
public enum ProblemTable {
  public static let findings: [String: Set<String>] = [
    "oom": ["oom-under-load", "heap-fills-limit"],
    "throttling": ["cpu-throttled"],
    "probe-too-strict": [
      "liveness-kills-slow-start", "liveness-kills-busy-pod", "readiness-drops-busy-pod",
    ],
    "wrong-probe": ["probe-asks-application", "probe-cannot-answer", "probe-runs-program"],
    "no-readiness": ["served-without-readiness"],
    "shutdown-errors": [
      "hook-outlasts-grace-period", "hook-runs-program", "liveness-runs-prestop",
    ],
    "update-deadlock": ["two-instances-during-update", "update-not-rolled-out"],
    "update-gap": ["served-without-readiness"],
    "slow-rollout": ["readiness-waits", "signal-ignored", "slow-daemonset-update"],
    "missing-reference": ["missing-reference"],
    "capacity": ["no-headroom-before-scaling", "pods-do-not-fit"],
    "unschedulable": ["host-port-taken", "node-label-gone", "pods-do-not-fit"],
    "disruption": [
      "budget-allows-last-pod", "budget-selects-nothing", "replicas-share-node",
      "served-without-readiness", "system-pod-without-priority",
    ],
    "scaling-conflict": [
      "autoscaler-and-replicas", "autoscaler-target-missing", "autoscaler-without-requests",
      "no-headroom-before-scaling", "two-autoscalers",
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
