/// What groups took, put into templates.
enum GroupTexts {
  /// A `$` that names nothing stays; a group that is not there or took no part is empty.
  static func expand(_ template: String, _ groups: [String?], names: [String?]) -> String {
    var result = String.UnicodeScalarView()
    var rest = Array(template.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      guard scalar == "$" else {
        result.append(scalar)
        continue
      }
      if rest.first == "$" {
        rest.removeFirst()
        result.append("$")
      } else if let name = reference(&rest) {
        result.append(contentsOf: value(of: name, groups, names).unicodeScalars)
      } else {
        result.append("$")
      }
    }
    return String(result)
  }

  /// The names and numbers of groups in a template.
  static func references(of template: String) -> [String] {
    var names: [String] = []
    var rest = Array(template.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      guard scalar == "$" else { continue }
      if rest.first == "$" {
        rest.removeFirst()
      } else if let name = reference(&rest) {
        names.append(name)
      }
    }
    return names
  }

  /// The number of a group; nil where a reference is a name.
  static func index(_ name: String) -> Int? {
    let isNumber = name.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    return isNumber && (name.utf8.count == 1 || !name.hasPrefix("0")) ? Int(name) ?? .max : nil
  }

  /// Reads `name` or `{name}`.
  private static func reference(_ rest: inout ArraySlice<Unicode.Scalar>) -> String? {
    let isBraced = rest.first == "{"
    let body = isBraced ? rest.dropFirst() : rest
    let name = body.prefix {
      $0 == "_" || $0.properties.isAlphabetic || $0.properties.generalCategory == .decimalNumber
    }
    guard !name.isEmpty, !isBraced || body.dropFirst(name.count).first == "}" else { return nil }
    rest = body.dropFirst(name.count + (isBraced ? 1 : 0))
    return String(String.UnicodeScalarView(name))
  }

  private static func value(of name: String, _ groups: [String?], _ names: [String?]) -> String {
    if let index = index(name) {
      return groups.indices.contains(index) ? groups[index] ?? "" : ""
    }
    // Several groups may have the name; the first that took part counts.
    return zip(names, groups).first { $0.0 == name && $0.1 != nil }?.1 ?? ""
  }
}
