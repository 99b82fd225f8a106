/// What NVIDIA's device plugin makes of the errors that the driver reports (XID).
///
/// https://docs.nvidia.com/deploy/xid-errors/
public enum XIDErrors {
  /// Errors of the application, after which the GPU is as good as before (k8s-device-plugin,
  /// internal/rm/health.go): graphics engine exception, memory page fault, GPU stopped processing,
  /// preemptive cleanup, video processor exception, context switch timeout.
  private static let ofApplication: Set<Int> = [13, 31, 43, 45, 68, 109]

  /// Whether the plugin tells the kubelet that the GPU is unhealthy.
  public static func makesUnhealthy(_ xid: Int) -> Bool { !ofApplication.contains(xid) }
}
