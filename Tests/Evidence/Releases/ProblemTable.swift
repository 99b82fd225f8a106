/// Which findings answer to which kind of problem of a recorded fix.
public enum ProblemTable {
  public static let findings: [String: Set<String>] = [
    "oom": ["oom-under-load"],
    "throttling": ["cpu-throttled"],
    "probe-too-strict": [
      "liveness-kills-slow-start", "liveness-kills-busy-pod", "readiness-drops-busy-pod",
    ],
    "invalid-value": ["refused-by-api-server"],
    "selector": ["refused-by-api-server"],
  ]
}
