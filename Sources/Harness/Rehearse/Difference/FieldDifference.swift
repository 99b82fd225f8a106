public import ClusterAPI

/// A field that two documents do not have alike.
public struct FieldDifference: Hashable, Sendable {
  /// `spec.template.spec.containers[web].image`: elements of lists by what tells them apart, else by
  /// their number.
  public var path: String
  /// nil: absent.
  public var before: DocumentValue?
  public var after: DocumentValue?

  /// All of them, in the order of the fields of the first document, then those of the second alone.
  public static func between(
    _ before: DocumentValue, _ after: DocumentValue
  ) -> [FieldDifference] {
    var found: [FieldDifference] = []
    add(before, after, "", &found)
    return found
  }

  private static func add(
    _ before: DocumentValue?, _ after: DocumentValue?, _ path: String,
    _ found: inout [FieldDifference]
  ) {
    switch (before?.presence, after?.presence) {
    case (nil, nil): return
    case (.object(let old)?, .object(let new)?):
      pairs(old.map { ($0.key, $0.value) }, new.map { ($0.key, $0.value) }) { key, before, after in
        add(before, after, path.isEmpty ? key : path + "." + key, &found)
      }
    case (.list(let old)?, .list(let new)?):
      let keys = keys(old, new)
      pairs(Array(zip(keys.old, old)), Array(zip(keys.new, new))) { key, before, after in
        add(before, after, "\(path)[\(key)]", &found)
      }
    case (let old, let new):
      if old != new { found.append(FieldDifference(path: path, before: old, after: new)) }
    }
  }

  private static func pairs(
    _ old: [(String, DocumentValue)], _ new: [(String, DocumentValue)],
    _ body: (String, DocumentValue?, DocumentValue?) -> Void
  ) {
    for (key, value) in old { body(key, value, new.first { $0.0 == key }?.1) }
    for (key, value) in new where !old.contains(where: { $0.0 == key }) { body(key, nil, value) }
  }

  /// What the elements of lists are merged by (`patchMergeKey`), most telling first.
  private static let mergeKeys = [
    "name", "mountPath", "devicePath", "containerPort", "port", "ip", "topologyKey", "key", "host",
    "path",
  ]

  private static func keys(
    _ old: [DocumentValue], _ new: [DocumentValue]
  ) -> (old: [String], new: [String]) {
    for key in mergeKeys {
      if let a = words(of: key, old), let b = words(of: key, new) { return (a, b) }
    }
    return (old.indices.map(String.init), new.indices.map(String.init))
  }

  /// nil: not every element has the key, or two have the same word for it.
  private static func words(of key: String, _ list: [DocumentValue]) -> [String]? {
    let words = list.compactMap { element -> String? in
      switch element[key] {
      case .string(let text): text
      case .integer(let number): String(number)
      default: nil
      }
    }
    return words.count == list.count && Set(words).count == words.count ? words : nil
  }
}

extension FieldDifference {
  /// As a reader is told: `spec.replicas: 2 to 3`.
  ///
  /// - Parameter isSecret: values are kept to themselves.
  public func words(isSecret: Bool = false) -> String {
    func text(_ value: DocumentValue?) -> String { value.map(FieldDifference.text) ?? "none" }
    if isSecret, path.hasPrefix("data") || path.hasPrefix("stringData") {
      return before == nil ? "\(path) added" : after == nil ? "\(path) removed" : "\(path) changed"
    }
    return "\(path): \(text(before)) to \(text(after))"
  }

  private static func text(_ value: DocumentValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): String(value)
    case .integer(let value): String(value)
    case .number(let text): text
    case .string(let text): cut(text.isEmpty ? "\"\"" : text)
    case .list(let elements): "[\(elements.count) elements]"
    case .object(let fields): "{\(cut(fields.map(\.key).joined(separator: ", ")))}"
    }
  }

  private static func cut(_ text: String) -> String {
    let line = text.split(separator: "\n", omittingEmptySubsequences: false)[0]
    return line.count > 60 || line.count < text.count ? line.prefix(57) + "..." : text
  }
}

extension DocumentValue {
  /// What is as good as absent is nil: the API server stores neither.
  fileprivate var presence: DocumentValue? {
    switch self {
    case .null: nil
    case .object(let fields) where fields.isEmpty: nil
    case .list(let elements) where elements.isEmpty: nil
    default: self
    }
  }
}
