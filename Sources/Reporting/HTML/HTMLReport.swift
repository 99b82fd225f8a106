public import Recording
import Units

/// A suite as one self-contained page: the table of verdicts, and a picture of each scenario.
///
/// Nothing is loaded from elsewhere; without script the page can still be read, but not sorted.
public enum HTMLReport {
  /// - Parameter findings: of the rehearsal that the suite is, shown before its scenarios.
  public static func html(_ suite: SuiteRecord, findings: FindingsRecord? = nil) -> String {
    let summaries = ScenarioSummary.all(suite)
    var parts = [
      "<!doctype html>",
      "<html lang=\"en\"><head><meta charset=\"utf-8\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<meta name=\"color-scheme\" content=\"light dark\">",
      "<title>Wavetank: \(Escape.markup(suite.totals))</title>",
      "<style>\(PageStyle.css)\(PageStyle.pictures)\(PageStyle.findings)</style></head><body>",
      header(suite),
      "<main>",
    ]
    if let findings { parts.append(FindingsSection(findings).html) }
    if summaries.isEmpty {
      if findings == nil { parts.append("<p>No scenario was run.</p>") }
    } else {
      parts.append(VerdictTable.html(summaries))
    }
    for (index, summary) in summaries.enumerated() {
      parts.append(ScenarioSection(summary, index: index).html)
    }
    parts += ["</main>", "<script>\(PageScript.javaScript)</script>", "</body></html>"]
    return parts.joined(separator: "\n") + "\n"
  }

  private static func header(_ suite: SuiteRecord) -> String {
    let passed = suite.count(.passed)
    let isGood = passed == suite.runs.count && passed > 0
    let names = Set(suite.runs.map(\.scenario)).count
    let tiles = [
      tile(
        "Runs passed", "\(Words.count(passed)) of \(Words.count(suite.runs.count))",
        isGood ? "passed" : "failed"),
      tile("Scenarios", Words.count(names)),
      tile("Requests", Words.count(suite.requests)),
      tile("Failed requests", Words.count(suite.failedRequests)),
      tile("Events simulated", Words.count(suite.events)),
    ]
    let command = suite.commandLine.joined(separator: " ")
    return """
      <header><h1>Wavetank report</h1>
      <p class="dim"><time>\(Escape.markup(suite.startedAt))</time> · version \
      \(Escape.markup(suite.version)) · <code>\(Escape.markup(command))</code></p>
      <dl class="tiles">\(tiles.joined())</dl></header>
      """
  }

  private static func tile(_ title: String, _ value: String, _ kind: String = "") -> String {
    "<div><dt>\(title)</dt><dd class=\"\(kind)\">\(value)</dd></div>"
  }
}

/// Small pieces that the parts of the page share.
enum Markup {
  /// A verdict or a result: its sign, so that nothing is told by colour alone, and its word.
  static func chip(_ word: String) -> String {
    let sign =
      switch word {
      case "passed", "met", "right": "✓"
      case "failed", "broken", "missed", "falseAlarm": "✗"
      default: "?"
      }
    let text = Escape.markup(Words.rating(word))
    return "<span class=\"chip \(Escape.markup(word))\">\(sign) \(text)</span>"
  }

  /// A cell of a figure; `value` is what it is sorted by.
  static func figure(_ text: String, _ value: Int64) -> String {
    "<td class=\"n\" data-v=\"\(value)\">\(Escape.markup(text))</td>"
  }

  /// A sentence whose shares do not break before their sign.
  static func prose(_ text: String) -> String {
    Escape.markup(text).replacing(" %", with: "&#160;%")
  }

  /// A link where the text begins with an address of the web.
  static func reference(_ text: String) -> String {
    guard text.hasPrefix("https://") else { return Escape.markup(text) }
    let address = Escape.markup(String(text.prefix { !$0.isWhitespace }))
    let rest = Escape.markup(String(text.drop { !$0.isWhitespace }))
    return "<a href=\"\(address)\" rel=\"noreferrer\">\(address)</a>\(rest)"
  }
}
