/// Which findings answer to which kind of problem of a recorded fix.
public enum ProblemTable {
  public static let findings: [String: Set<String>] = [
    "oom": ["oom-under-load"],
    "throttling": ["cpu-throttled"],
    "probe-too-strict": [
      "liveness-kills-slow-start", "liveness-kills-busy-pod", "readiness-drops-busy-pod",
    ],
    "missing-reference": ["missing-reference"],
    "selector": ["refused-by-api-server"],
    "invalid-value": ["field-has-no-effect", "refused-by-api-server"],
    "port": ["port-taken-in-pod", "refused-by-api-server"],
    "crash-on-start": ["missing-reference", "port-taken-in-pod", "variable-not-defined"],
  ]
}
