/// Which texts are label keys and values, as `validation.IsQualifiedName` and its siblings say.
public enum LabelSyntax {
  /// Whether `text` is a qualified name: an optional DNS prefix and `/`, then a name.
  public static func isKey(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return isName(parts[0])
    case 2: return isSubdomain(parts[0]) && isName(parts[1])
    default: return false
    }
  }

  /// Whether `text` is empty or a name of at most 63 characters.
  public static func isValue(_ text: String) -> Bool {
    text.isEmpty || isName(text.utf8[...])
  }

  /// Whether `text` is a DNS subdomain name (RFC 1123), of at most 253 characters.
  public static func isSubdomain(_ text: String) -> Bool { isSubdomain(text.utf8[...]) }

  private static func isName(_ text: Substring.UTF8View) -> Bool {
    guard let first = text.first, let last = text.last, text.count <= 63 else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && text.allSatisfy {
        isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
          || $0 == UInt8(ascii: ".")
      }
  }

  private static func isSubdomain(_ text: Substring.UTF8View) -> Bool {
    text.count <= 253
      && text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
        label in
        guard let first = label.first, let last = label.last else { return false }
        return isLowerOrDigit(first) && isLowerOrDigit(last)
          && label.allSatisfy { isLowerOrDigit($0) || $0 == UInt8(ascii: "-") }
      }
  }

  private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLowerOrDigit(byte) || (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z"))
  }
}
