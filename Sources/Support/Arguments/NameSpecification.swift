/// The names under which an option or a flag is known.
public struct NameSpecification: Sendable, ExpressibleByArrayLiteral {
  public struct Element: Sendable, Hashable {
    enum Form: Hashable {
      case long, short
      case customLong(String)
      case customShort(Character)
    }

    let form: Form

    /// The property's name, lower-case with hyphens.
    public static let long = Element(form: .long)
    /// The first letter of the property's name.
    public static let short = Element(form: .short)
    public static func customLong(_ name: String) -> Element { Element(form: .customLong(name)) }
    public static func customShort(_ letter: Character) -> Element {
      Element(form: .customShort(letter))
    }
  }

  let elements: [Element]

  public init(arrayLiteral elements: Element...) { self.elements = elements }

  public static let long: NameSpecification = [.long]
  public static let short: NameSpecification = [.short]
  public static let shortAndLong: NameSpecification = [.short, .long]
  public static func customLong(_ name: String) -> NameSpecification { [.customLong(name)] }
  public static func customShort(_ letter: Character) -> NameSpecification {
    [.customShort(letter)]
  }

  /// The names for a property, short ones first, as the help lists them.
  func names(for label: String) -> [Name] {
    let all = elements.map { element -> Name in
      switch element.form {
      case .long: .long(kebabCase(label))
      case .short: .short(label.first ?? "?")
      case .customLong(let name): .long(name)
      case .customShort(let letter): .short(letter)
      }
    }
    return all.filter(\.isShort) + all.filter { !$0.isShort }
  }
}

/// One name as it stands on the command line.
enum Name: Hashable {
  case long(String)
  case short(Character)

  var isShort: Bool {
    if case .short = self { true } else { false }
  }

  /// With its hyphens.
  var text: String {
    switch self {
    case .long(let name): "--" + name
    case .short(let letter): "-\(letter)"
    }
  }
}

extension [Name] {
  /// The first long one, without hyphens.
  var firstLong: String? {
    for case .long(let name) in self { return name }
    return nil
  }
}

/// `maxSteps` and `MaxSteps` become `max-steps`, `junitURL` becomes `junit-url`.
func kebabCase(_ name: String) -> String {
  let letters = Array(name)
  var result = ""
  for (index, letter) in letters.enumerated() {
    let startsWord =
      letter.isUppercase && index > 0
      && (!letters[index - 1].isUppercase
        || (index + 1 < letters.count && letters[index + 1].isLowercase))
    if startsWord, result.last != "-" { result += "-" }
    result += letter == "_" ? "-" : letter.lowercased()
  }
  return result
}
