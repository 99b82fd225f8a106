/// The labels that identify a series, sorted by name; a label without a value does not exist.
///
/// They are one run of bytes (`LabelBytes`): a copy, a comparison and a hash cost no more than that of a text.
public struct Labels: Sendable {
  /// The label that holds the metric's name.
  public static let metricName = "__name__"
  private static let metricNameBytes = Array(metricName.utf8)
  /// The labels that tell of the metric itself; operations that make another quantity drop them.
  public static let metadataNames = [metricName, "__type__", "__unit__"]

  private(set) var bytes: [UInt8]

  public static let empty = Labels(bytes: [])

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// Labels in any order; of two with the same name the last counts.
  public init(_ labels: [Label]) { self = Labels.empty.setting(labels) }

  /// - Parameter name: the metric's name; empty for none.
  public init(name: String, _ labels: [Label] = []) {
    self.init(labels + [Label(Labels.metricName, name)])
  }

  /// A map of texts in Go's templates, where a name may have an empty value.
  ///
  /// - Parameter map: of two with the same name the last counts.
  init(map: [Label]) {
    var values: [String: String] = [:]
    for label in map { values[label.name] = label.value }
    let names = values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    bytes = names.flatMap { LabelBytes.bytes($0) + LabelBytes.bytes(values[$0] ?? "") }
  }

  public var isEmpty: Bool { bytes.isEmpty }
  var byteCount: Int { bytes.count }

  /// Makes room for so many bytes more.
  mutating func reserve(_ size: Int) { bytes.reserveCapacity(bytes.count + size) }

  public var count: Int {
    var count = 0
    forEach { _, _ in count += 1 }
    return count
  }

  public var pairs: [Label] {
    var pairs: [Label] = []
    forEach { name, value in pairs.append(Label(text(name), text(value))) }
    return pairs
  }

  /// The value of a label; empty when there is none.
  public subscript(_ name: String) -> String {
    var name = name
    return text(name.withUTF8 { unsafe value(of: $0.span) })
  }

  /// The metric's name; empty when there is none.
  public var name: String { self[Labels.metricName] }
}

// MARK: reading

extension Labels {
  /// Where a name or a value lies.
  typealias Place = (start: Int, end: Int)

  @inline(__always)
  private func forEach(_ body: (_ name: Place, _ value: Place) -> Void) {
    let bytes = bytes.span
    var at = 0
    while at < bytes.count {
      let name = LabelBytes.text(bytes, at: at)
      let value = LabelBytes.text(bytes, at: name.end)
      body(name, value)
      at = value.end
    }
  }

  func text(_ place: Place) -> String {
    if place.start == place.end { return "" }
    return unsafe bytes.withUnsafeBufferPointer {
      unsafe String(
        decoding: UnsafeBufferPointer(rebasing: $0[place.start..<place.end]), as: UTF8.self)
    }
  }

  /// Whether the metric's names are the same.
  func hasSameName(as other: Labels) -> Bool {
    let key = Labels.metricNameBytes.span
    let (mine, its) = (value(of: key), other.value(of: key))
    return mine.end &- mine.start == its.end &- its.start
      && LabelBytes.isEqual(bytes.span, mine.start, mine.end, other.bytes.span, at: its.start)
  }

  /// Where the value of a label lies; an empty place when there is none.
  @inline(__always)
  func value(of wanted: Span<UInt8>) -> Place {
    let bytes = bytes.span
    var at = 0
    while at < bytes.count {
      let name = LabelBytes.text(bytes, at: at)
      let value = LabelBytes.text(bytes, at: name.end)
      if name.end &- name.start == wanted.count,
        LabelBytes.isEqual(bytes, name.start, name.end, wanted)
      {
        return value
      }
      at = value.end
    }
    return (0, 0)
  }

  /// Whether a label has this value; a missing label has the empty one.
  @inline(__always)
  func has(_ text: [UInt8], under name: [UInt8]) -> Bool {
    let place = value(of: name.span)
    return place.end &- place.start == text.count
      && LabelBytes.isEqual(bytes.span, place.start, place.end, text.span)
  }
}

// MARK: others that are made of them

extension Labels {
  /// With one label set; an empty value removes it.
  public func setting(_ name: String, to value: String) -> Labels {
    var result = self
    let size = LabelBytes.size(name.utf8.count) + LabelBytes.size(value.utf8.count)
    result.reserve(size)
    result.set(name, to: value)
    return result
  }

  /// With several set, one after the other.
  public func setting(_ labels: [Label]) -> Labels {
    var result = self
    let size = labels.reduce(0) {
      $0 + LabelBytes.size($1.name.utf8.count) + LabelBytes.size($1.value.utf8.count)
    }
    result.reserve(size)
    for label in labels { result.set(label.name, to: label.value) }
    return result
  }

  /// Sets one label; an empty value removes it.
  public mutating func set(_ name: String, to value: String) {
    var (name, value) = (name, value)
    name.withUTF8 { name in
      value.withUTF8 { value in unsafe set(name, to: value) }
    }
  }

  private mutating func set(
    _ name: UnsafeBufferPointer<UInt8>, to value: UnsafeBufferPointer<UInt8>
  ) {
    let (start, end) = unsafe place(of: name.span)
    let size = value.isEmpty ? 0 : LabelBytes.size(name.count) + LabelBytes.size(value.count)
    let (count, growth) = (bytes.count, size - (end - start))
    if growth > 0 { bytes.append(contentsOf: repeatElement(0, count: growth)) }
    unsafe bytes.withUnsafeMutableBufferPointer { all in
      if growth != 0, end < count {
        let rest = unsafe UnsafeMutableBufferPointer(rebasing: all[(end + growth)...])
        // The places may overlap; what is moved is trivial.
        unsafe UnsafeMutableRawBufferPointer(rest).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(all)[end..<count]))
      }
      if value.isEmpty { return }
      var next = start
      unsafe LabelBytes.write(name, to: all, at: &next)
      unsafe LabelBytes.write(value, to: all, at: &next)
    }
    if growth < 0 { bytes.removeLast(-growth) }
  }

  /// From where to where the label stands; where it belongs, when there is none.
  private func place(of wanted: Span<UInt8>) -> Place {
    let bytes = bytes.span
    var at = 0
    while at < bytes.count {
      let name = LabelBytes.text(bytes, at: at)
      let order = LabelBytes.order(bytes, name, wanted, (0, wanted.count))
      if order > 0 { break }
      let end = LabelBytes.text(bytes, at: name.end).end
      if order == 0 { return (at, end) }
      at = end
    }
    return (at, at)
  }

  public func keeping(_ names: [String]) -> Labels { keeping(LabelNames(names)) }
  public func removing(_ names: [String]) -> Labels { removing(LabelNames(names)) }

  /// Without the metric's name, type and unit.
  public var withoutMetadata: Labels { removing(LabelNames.metadata) }

  func keeping(_ names: LabelNames) -> Labels {
    var result = Labels.empty
    result.take(from: self, those: names)
    return result
  }

  func removing(_ names: LabelNames) -> Labels {
    var result = Labels.empty
    result.bytes.reserveCapacity(bytes.count)
    result.take(from: self, allBut: names)
    return result
  }

  /// Becomes what another has under some names.
  mutating func take(from other: Labels, those names: LabelNames) {
    take(from: other, names, areTaken: true)
  }

  /// Becomes what another has under other names than these.
  mutating func take(from other: Labels, allBut names: LabelNames) {
    take(from: other, names, areTaken: false)
  }

  @inline(__always)
  private mutating func take(from other: Labels, _ names: LabelNames, areTaken: Bool) {
    bytes.removeAll(keepingCapacity: true)
    let (source, wanted) = (other.bytes.span, names.bytes.span)
    // Both are sorted. Neighbours are taken together.
    var (at, start, next) = (0, 0, 0)
    while at < source.count, next < wanted.count {
      let (name, key) = (LabelBytes.text(source, at: at), LabelBytes.text(wanted, at: next))
      let order = LabelBytes.order(source, name, wanted, key)
      if order >= 0 { next = key.end }
      if order > 0 { continue }
      let end = LabelBytes.text(source, at: name.end).end
      if (order == 0) != areTaken {
        append(other, start, at)
        start = end
      }
      at = end
    }
    append(other, start, areTaken ? at : source.count)
  }

  @inline(__always)
  private mutating func append(_ other: Labels, _ start: Int, _ end: Int) {
    if start == end { return }
    unsafe other.bytes.withUnsafeBufferPointer {
      unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[start..<end]))
    }
  }
}

// MARK: comparing

extension Labels: Hashable {
  public static func == (a: Labels, b: Labels) -> Bool {
    a.bytes.count == b.bytes.count
      && LabelBytes.firstDifference(a.bytes, b.bytes) == a.bytes.count
  }

  public func hash(into hasher: inout Hasher) {
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
  }
}

extension Labels: Comparable {
  /// The order in which a range query's result stands: pair by pair, name before value, byte by byte.
  public static func < (a: Labels, b: Labels) -> Bool {
    let different = LabelBytes.firstDifference(a.bytes, b.bytes)
    if different == min(a.bytes.count, b.bytes.count) { return a.bytes.count < b.bytes.count }
    let (left, right) = (a.bytes.span, b.bytes.span)
    // The text in which they differ: all before it are the same.
    var at = 0
    while true {
      let text = LabelBytes.text(left, at: at)
      if text.end > different {
        return LabelBytes.order(left, text, right, LabelBytes.text(right, at: at)) < 0
      }
      at = text.end
    }
  }
}

extension Labels: CustomStringConvertible {
  /// As in PromQL: `name{label="value"}`.
  public var description: String {
    let name = self.name
    let shownName = isMetricName(name) ? name : ""
    let rest = pairs.filter { $0.name != Labels.metricName }.map {
      "\(quotedUnlessLabelName($0.name))=\(quoted($0.value))"
    }
    let list = (name.isEmpty || !shownName.isEmpty ? [] : [quoted(name)]) + rest
    if list.isEmpty, !name.isEmpty { return name }
    return "\(shownName){\(list.joined(separator: ", "))}"
  }
}
