import Units

/// Text from outside made harmless for the formats that reports are written in.
enum Escape {
  /// For HTML and XML alike: markup, quotes; characters that XML 1.0 cannot hold become U+FFFD.
  static func markup(_ text: String) -> String {
    text.rewriting { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      case "\t", "\n", "\r": nil
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
      default: nil
      }
    }
  }

  /// The message of a workflow command of GitHub Actions.
  static func workflowData(_ text: String) -> String {
    text.rewriting { scalar in
      switch scalar {
      case "%": "%25"
      case "\r": "%0D"
      case "\n": "%0A"
      default: nil
      }
    }
  }

  /// A property of a workflow command of GitHub Actions.
  static func workflowProperty(_ text: String) -> String {
    workflowData(text).rewriting { scalar in
      switch scalar {
      case ":": "%3A"
      case ",": "%2C"
      default: nil
      }
    }
  }

  /// A cell of a Markdown table: no markup, no line break, no bar.
  static func markdown(_ text: String) -> String {
    text.rewriting { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "|", "*", "_", "`", "[", "]", "\\", "~", "#": "\\\(scalar)"
      case "\r", "\n": " "
      default: nil
      }
    }
  }
}
