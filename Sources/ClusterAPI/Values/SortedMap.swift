/// A map from names to values that iterates in the order of its keys, on every machine alike.
///
/// What Kubernetes keeps in a Go map (labels, resource lists) is small and read far more often than
/// written, so it is one sorted array: a lookup is a binary search, equality is elementwise.
///
/// - Complexity: lookup O(log n), insertion and removal O(n), from pairs O(n log n).
public struct SortedMap<Value: Sendable>: Sendable, ExpressibleByDictionaryLiteral {
  @usableFromInline
  struct Entry: Sendable {
    @usableFromInline var key: String
    @usableFromInline var value: Value

    @inlinable
    init(key: String, value: Value) {
      self.key = key
      self.value = value
    }
  }

  @usableFromInline var entries: [Entry]

  /// An empty map.
  @inlinable public init() { entries = [] }

  /// A map of the given pairs; of several values under one key the last one stays.
  @inlinable
  public init<S: Sequence>(_ pairs: S) where S.Element == (String, Value) {
    let found = pairs.map { Entry(key: $0.0, value: $0.1) }
    entries = []
    entries.reserveCapacity(found.count)
    let order = found.indices.sorted { a, b in
      found[a].key == found[b].key ? a < b : found[a].key < found[b].key
    }
    for index in order {
      if entries.last?.key == found[index].key { entries.removeLast() }
      entries.append(found[index])
    }
  }

  @inlinable
  public init(dictionaryLiteral elements: (String, Value)...) { self.init(elements) }

  /// The value under `key`; assigning `nil` removes the key.
  @inlinable
  public subscript(key: String) -> Value? {
    get {
      let at = position(of: key)
      return at < entries.count && entries[at].key == key ? entries[at].value : nil
    }
    set {
      let at = position(of: key)
      let present = at < entries.count && entries[at].key == key
      switch (newValue, present) {
      case (let value?, true): entries[at].value = value
      case (let value?, false): entries.insert(Entry(key: key, value: value), at: at)
      case (nil, true): entries.remove(at: at)
      case (nil, false): break
      }
    }
  }

  /// The value under `key`, or `fallback` when there is none.
  @inlinable
  public subscript(key: String, default fallback: @autoclosure () -> Value) -> Value {
    get { self[key] ?? fallback() }
    set { self[key] = newValue }
  }

  /// The keys in ascending order.
  @inlinable public var keys: [String] { entries.map(\.key) }
  /// The values in the order of their keys.
  @inlinable public var values: [Value] { entries.map(\.value) }

  @inlinable
  public func mapValues<T>(_ transform: (Value) throws -> T) rethrows -> SortedMap<T> {
    var result = SortedMap<T>()
    result.entries = try entries.map {
      SortedMap<T>.Entry(key: $0.key, value: try transform($0.value))
    }
    return result
  }

  /// The first position whose key is not below `key`.
  @inlinable
  func position(of key: String) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension SortedMap: RandomAccessCollection {
  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { entries.count }
  /// The pair at a position in the order of the keys.
  @inlinable
  public subscript(position: Int) -> (key: String, value: Value) {
    (entries[position].key, entries[position].value)
  }
}

extension SortedMap.Entry: Equatable where Value: Equatable {}
extension SortedMap.Entry: Hashable where Value: Hashable {}
extension SortedMap: Equatable where Value: Equatable {}
extension SortedMap: Hashable where Value: Hashable {}

/// Labels or annotations of an object.
public typealias Labels = SortedMap<String>
/// Amounts by resource name, such as a container's requests or a node's allocatable.
public typealias ResourceList = SortedMap<Quantity>
