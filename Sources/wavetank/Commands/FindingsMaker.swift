import ClusterAPI
import Harness
import Manifests
import Recording
import Reporting
import Units
import Verdict

/// Examines a change, tries what may help, and puts both into a record that can be shown.
struct FindingsMaker {
  /// nil: the manifests are examined as they are.
  var base: (name: String, set: ManifestSet)?
  var head: ManifestSet
  var settings: RehearsalSettings
  var examination: Examination.Settings
  /// Ids that are accepted on the command line.
  var accepted: [String]

  /// Remedies are tried for so many findings at most, the most important ones.
  private static let tries = 12

  func record(
    isStopped: @escaping @Sendable () -> Bool, finished: @escaping @Sendable (String) -> Void
  ) -> FindingsRecord {
    let change = ChangeExamination(
      from: base?.set, to: head, examination, isStopped: isStopped
    ) { finished($0.description) }
    let trial = RemedyTrial(head, examination, change.findings)
    var triesLeft = FindingsMaker.tries
    var entries: [FindingsRecord.Entry] = []
    for row in change.comparison.rows {
      var entry = entry(row)
      let isBrought = entry.standing.isBrought && entry.accepted == nil
      if isBrought, entry.severity != .note, triesLeft > 0, !row.finding.remedies.isEmpty,
        !isStopped()
      {
        triesLeft -= 1
        entry.suggestion = trial.remedy(of: row.finding).map(suggestion)
      }
      entries.append(entry)
    }
    return FindingsRecord(
      base: base?.name, entries: entries, workloads: change.workloads.count)
  }

  private func entry(_ row: FindingComparison.Row) -> FindingsRecord.Entry {
    let finding = row.finding
    let object = finding.object.description
    var entry = FindingsRecord.Entry(
      id: finding.id, title: FindingCatalog.rule(finding.id)?.title ?? finding.id,
      severity: FindingsRecord.Severity(rawValue: finding.severity.word) ?? .note,
      standing: FindingsRecord.Standing(rawValue: row.standing.rawValue) ?? .new,
      object: object, part: finding.part, message: finding.message,
      condition: finding.condition.words)
    entry.place = head.location(of: finding.object) ?? base?.set.location(of: finding.object)
    entry.template = head.entries.first { $0.object.key == finding.object }?.template
    entry.before = row.before.map(\.words)
    entry.at = finding.at
    entry.figures = finding.figures.map { .init($0.name, $0.value) }
    entry.moments = finding.moments.map { .init($0.at, $0.words) }
    entry.accepted =
      settings.acceptance(of: finding.id, object: object)
      ?? (accepted.contains(finding.id) ? "accepted on the command line" : nil)
    return entry
  }

  private func suggestion(_ remedy: Remedy) -> FindingsRecord.Suggestion {
    FindingsRecord.Suggestion(
      title: remedy.title, object: remedy.object.description,
      place: head.location(of: remedy.object), patch: YAMLText.write(remedy.patch))
  }
}
