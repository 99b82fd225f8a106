import Units

/// The functions of templates that make texts of texts.
enum TextFunctions {
  static func value(
    of name: String, _ given: inout Arguments
  ) throws(FunctionError) -> TemplateValue {
    switch name {
    case "html", "urlquery":
      let text = PrintText.print(given.rest())
      return .string(name == "html" ? escapedForHTML(text) : escapedForQuery(text))
    case "match":
      let pattern = try pattern(given.string())
      return .boolean(pattern.isFound(in: try given.string()))
    case "reReplaceAll":
      let pattern = try pattern(given.string())
      let replacement = try given.string()
      return .string(pattern.replacingAll(in: try given.string(), with: replacement))
    default: break
    }
    let text = try given.string()
    switch name {
    case "title": return .string(titled(text))
    case "toLower": return .string(mapped(text) { $0.properties.lowercaseMapping })
    case "toUpper": return .string(mapped(text) { $0.properties.uppercaseMapping })
    case "stripPort": return .string(HostPort(text)?.host ?? text)
    case "stripDomain": return .string(HostPort.strippingDomain(text))
    case "safeHtml": return .string(text)
    case "urlQueryEscape": return .string(escapedForQuery(text))
    case "graphLink": return .string("/graph?g0.expr=\(escapedForQuery(text))&g0.tab=0")
    case "tableLink": return .string("/graph?g0.expr=\(escapedForQuery(text))&g0.tab=1")
    default: preconditionFailure("function \(name) is named and not there")
    }
  }

  private static func pattern(_ text: String) throws(FunctionError) -> SearchPattern {
    do {
      return try SearchPattern(text)
    } catch {
      throw FunctionError(error.description)
    }
  }

  /// Scalar by scalar, as Go does: what would become several stays.
  private static func mapped(
    _ text: String, _ mapping: (Unicode.Scalar) -> String
  ) -> String {
    var view = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let other = mapping(scalar).unicodeScalars
      view.append(other.count == 1 ? other.first ?? scalar : scalar)
    }
    return String(view)
  }

  /// Every word starts with a capital letter.
  private static func titled(_ text: String) -> String {
    var view = String.UnicodeScalarView()
    var isStart = true
    for scalar in text.unicodeScalars {
      let title = scalar.properties.titlecaseMapping.unicodeScalars
      view.append(isStart && title.count == 1 ? title.first ?? scalar : scalar)
      isStart =
        scalar.isASCII
        ? !ScalarSet.word.contains(scalar.value) : scalar.properties.isWhitespace
    }
    return String(view)
  }

  private static func escapedForHTML(_ text: String) -> String {
    text.rewriting { scalar in
      switch scalar {
      case "\"": "&#34;"
      case "'": "&#39;"
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\0": "\u{FFFD}"
      default: nil
      }
    }
  }

  private static func escapedForQuery(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      let isPlain =
        isNameStart(byte) || isDigit(byte) || "-.~".utf8.contains(byte)
      if isPlain {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else if byte == 0x20 {
        result += "+"
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
    }
    return result
  }

  /// What follows the host of a URL.
  static func path(of url: String) -> String {
    var rest = url[...]
    if let scheme = rest.firstRange(of: "://") {
      rest = rest[scheme.upperBound...].drop { $0 != "/" && $0 != "?" && $0 != "#" }
    }
    return String(rest.prefix { $0 != "?" && $0 != "#" })
  }
}

/// A host and a port, as `host:port` or `[host]:port`.
struct HostPort {
  var host: String
  var port: String

  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    port = String(text[text.index(after: colon)...])
    host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = String(host.dropFirst().dropLast())
    } else if host.contains(":") {
      return nil
    }
    if host.contains("[") || host.contains("]") || port.contains("[") || port.contains("]") {
      return nil
    }
  }

  /// The first label of a host's name; addresses stay.
  static func strippingDomain(_ text: String) -> String {
    let parts = HostPort(text)
    let host = parts?.host ?? text
    if isAddress(host) { return text }
    let name = String(host.prefix { $0 != "." })
    guard let port = parts?.port, !port.isEmpty else { return name }
    return (name.contains(":") ? "[\(name)]" : name) + ":" + port
  }

  private static func isAddress(_ host: String) -> Bool {
    if host.contains(":") {
      return host.utf8.allSatisfy {
        hexadecimal($0) != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
      }
    }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.allSatisfy(isDigit) && (Int(part) ?? 256) < 256
      }
  }
}
