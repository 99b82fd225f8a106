/// Names of labels that are looked for in many series.
struct LabelNames: Sendable {
  /// Those that tell of the metric itself.
  static let metadata = LabelNames(Labels.metadataNames)
  static let metricName = LabelNames([Labels.metricName])

  /// In the order of labels, each behind its length.
  let bytes: [UInt8]

  init(_ names: [String]) {
    let sorted = names.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    bytes = sorted.flatMap { LabelBytes.bytes(String(decoding: $0, as: UTF8.self)) }
  }
}
