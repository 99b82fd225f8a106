extension ScalarSet {
  /// What `\d`, `\s` and `\w` stand for: ASCII only, in RE2.
  static func perl(_ letter: Unicode.Scalar) -> ScalarSet? {
    switch letter {
    case "d": ScalarSet([0x30...0x39])
    case "s": ScalarSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    case "w": word
    case "D", "S", "W":
      perl(Unicode.Scalar(letter.value + 0x20) ?? letter)?.inverted
    default: nil
    }
  }

  /// A class such as `alpha` of `[[:alpha:]]`.
  static func posix(_ name: String) -> ScalarSet? {
    switch name {
    case "alnum": ScalarSet([0x30...0x39, 0x41...0x5A, 0x61...0x7A])
    case "alpha": ScalarSet([0x41...0x5A, 0x61...0x7A])
    case "ascii": ScalarSet([0...0x7F])
    case "blank": ScalarSet([0x09...0x09, 0x20...0x20])
    case "cntrl": ScalarSet([0...0x1F, 0x7F...0x7F])
    case "digit": ScalarSet([0x30...0x39])
    case "graph": ScalarSet([0x21...0x7E])
    case "lower": ScalarSet([0x61...0x7A])
    case "print": ScalarSet([0x20...0x7E])
    case "punct": ScalarSet([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E])
    case "space": ScalarSet([0x09...0x0D, 0x20...0x20])
    case "upper": ScalarSet([0x41...0x5A])
    case "word": word
    case "xdigit": ScalarSet([0x30...0x39, 0x41...0x46, 0x61...0x66])
    default: nil
    }
  }

  /// What `\p{name}` stands for: a general category, a group of them, a script, or `Any`.
  ///
  /// Categories are those of the standard library's Unicode version.
  static func unicode(_ name: String) -> ScalarSet? {
    if name == "Any" { return all }
    if let script = scripts[name] { return ScalarSet(script) }
    guard let categories = categories(of: name) else { return nil }
    return ScalarSet(
      CategoryRuns.all.filter { categories.contains($0.category) }.map(\.range))
  }

  private static func categories(of name: String) -> [Unicode.GeneralCategory]? {
    switch name {
    case "C": [.control, .format, .privateUse]
    case "Cc": [.control]
    case "Cf": [.format]
    case "Co": [.privateUse]
    case "Cs": []
    case "L":
      [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter]
    case "Ll": [.lowercaseLetter]
    case "Lm": [.modifierLetter]
    case "Lo": [.otherLetter]
    case "Lt": [.titlecaseLetter]
    case "Lu": [.uppercaseLetter]
    case "M": [.nonspacingMark, .spacingMark, .enclosingMark]
    case "Mc": [.spacingMark]
    case "Me": [.enclosingMark]
    case "Mn": [.nonspacingMark]
    case "N": [.decimalNumber, .letterNumber, .otherNumber]
    case "Nd": [.decimalNumber]
    case "Nl": [.letterNumber]
    case "No": [.otherNumber]
    case "P":
      [
        .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
        .initialPunctuation, .finalPunctuation, .otherPunctuation,
      ]
    case "Pc": [.connectorPunctuation]
    case "Pd": [.dashPunctuation]
    case "Pe": [.closePunctuation]
    case "Pf": [.finalPunctuation]
    case "Pi": [.initialPunctuation]
    case "Po": [.otherPunctuation]
    case "Ps": [.openPunctuation]
    case "S": [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol]
    case "Sc": [.currencySymbol]
    case "Sk": [.modifierSymbol]
    case "Sm": [.mathSymbol]
    case "So": [.otherSymbol]
    case "Z": [.spaceSeparator, .lineSeparator, .paragraphSeparator]
    case "Zl": [.lineSeparator]
    case "Zp": [.paragraphSeparator]
    case "Zs": [.spaceSeparator]
    default: nil
    }
  }
}

/// All scalars, as runs of one general category.
private enum CategoryRuns {
  static let all: [(range: ClosedRange<UInt32>, category: Unicode.GeneralCategory)] = {
    var runs: [(range: ClosedRange<UInt32>, category: Unicode.GeneralCategory)] = []
    for value in 0...ScalarSet.last {
      guard let category = Unicode.Scalar(value)?.properties.generalCategory else { continue }
      if let last = runs.last, last.category == category, last.range.upperBound + 1 == value {
        runs[runs.count - 1].range = last.range.lowerBound...value
      } else {
        runs.append((value...value, category))
      }
    }
    return runs
  }()
}
