/// The annotation `controller.kubernetes.io/pod-deletion-cost`.
public enum PodDeletionCost {
  /// The cost that a text says; 0 when it is unset or invalid (`GetDeletionCostFromPodAnnotations`).
  ///
  /// Only 32-bit decimal integers without plus sign and without leading zeros are valid, except
  /// that zeros may follow a minus sign.
  public static func parse(_ text: String?) -> Int64 {
    guard let text, let first = text.utf8.first else { return 0 }
    let hasValidStart =
      first == UInt8(ascii: "-") || text == "0"
      || (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(first)
    return hasValidStart ? Int64(Int32(text) ?? 0) : 0
  }
}
