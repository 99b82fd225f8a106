// Series of one object: labels that all of them have, with a name and some of their own.
extension Labels {
  public typealias Own = [(name: String, value: String)]

  /// With the metric's name and several other labels set; an empty value removes one.
  public func named(_ name: String, _ own: Own) -> Labels {
    var result = self
    result.reserve(size(name, own))
    result.set(Labels.metricName, to: name)
    for (name, value) in own { result.set(name, to: value) }
    return result
  }

  /// Whether `other.named(name, own)` are these, of which it is known that they have all that the other
  /// ones have. It may say no where a label of the other ones has another value.
  public func are(_ other: Labels, named name: String, _ own: Own) -> Bool {
    byteCount == other.byteCount + size(name, own) && has(name, under: Labels.metricName)
      && own.allSatisfy { has($0.value, under: $0.name) }
  }

  private func size(_ name: String, _ own: Own) -> Int {
    var size = LabelBytes.size(Labels.metricName.utf8.count) + LabelBytes.size(name.utf8.count)
    for (name, value) in own where !value.isEmpty {
      size += LabelBytes.size(name.utf8.count) + LabelBytes.size(value.utf8.count)
    }
    return size
  }

  private func has(_ text: String, under name: String) -> Bool {
    var (name, text) = (name, text)
    let place = name.withUTF8 { unsafe value(of: $0.span) }
    return text.withUTF8 { text in
      place.end &- place.start == text.count
        && (unsafe LabelBytes.isEqual(bytes.span, place.start, place.end, text.span))
    }
  }
}
