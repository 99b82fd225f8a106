import Arguments
import Recording

/// What `wavetank rehearse` writes, and where: `markdown`, or `sarif=findings.sarif`.
struct RehearsalOutput: ExpressibleByArgument, Hashable {
  enum Form: String, CaseIterable {
    case text, json, markdown, sarif, junit

    /// Whether it tells of findings alone, so that no situation has to be run for it.
    var isAboutFindings: Bool { self == .sarif || self == .junit }
  }

  var form: Form
  /// nil: standard output.
  var file: String?

  static let text = RehearsalOutput(form: .text)

  init(form: Form, file: String? = nil) { (self.form, self.file) = (form, file) }

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let form = Form(rawValue: String(parts[0])) else { return nil }
    if parts.count == 2, parts[1].isEmpty { return nil }
    self.init(form: form, file: parts.count == 2 ? String(parts[1]) : nil)
  }

  var defaultValueDescription: String { form.rawValue + (file.map { "=\($0)" } ?? "") }
  static var allValueStrings: [String] { Form.allCases.map(\.rawValue) }
}

/// From which severity on a new finding fails a rehearsal.
enum FailOn: String, CaseIterable, ExpressibleByArgument {
  case error, warning, note, never

  /// nil: none fails.
  var severity: FindingsRecord.Severity? { FindingsRecord.Severity(rawValue: rawValue) }

  func includes(_ other: FindingsRecord.Severity) -> Bool {
    guard let severity else { return false }
    let order = FindingsRecord.Severity.allCases
    return order.firstIndex(of: other) ?? 0 <= order.firstIndex(of: severity) ?? 0
  }
}
