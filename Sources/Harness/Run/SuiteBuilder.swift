public import Recording

extension SuiteRecord {
  /// The version of the engine: a change of a digest without a change of a scenario raises it.
  public static let engineVersion = "0.3.0"

  /// A suite before its first run.
  public init(_ scenarios: [Scenario], startedAt: String, commandLine: [String]) {
    self.init(
      startedAt: startedAt, version: SuiteRecord.engineVersion, commandLine: commandLine,
      scenarios: scenarios.map { scenario in
        var record = ScenarioRecord(
          name: scenario.name, description: scenario.description, reference: scenario.reference)
        record.files = scenario.files.map { InputFile(name: $0.name, bytes: $0.bytes) }
        return record
      }, runs: [])
  }
}

extension ScenarioReader {
  /// The scenario of a record, read from the files that were recorded.
  ///
  /// - Returns: nil where this version cannot read it.
  public static func read(_ record: ScenarioRecord) -> Scenario? {
    guard let own = record.files.first else { return nil }
    let others = record.files.dropFirst().map { (name: $0.name, bytes: $0.bytes) }
    return read(
      name: own.name, bytes: own.bytes, source: ScenarioSource(recorded: Array(others))
    ).scenario
  }
}
