/// What has happened, in order: grows at its end, may forget its beginning, and is cheap to copy.
///
/// Elements lie in chunks that are never written again once they are full, so a copy that goes its own
/// way shares them: after a fork an append copies one chunk at most, whatever the length. Positions
/// are counted from the first element ever appended and never change their meaning.
public struct History<Element: Sendable>: RandomAccessCollection, Sendable {
  @usableFromInline var full: [[Element]] = []
  @usableFromInline var last: [Element] = []
  /// Position of the first element of the first chunk.
  @usableFromInline var base = 0
  public private(set) var startIndex = 0

  @usableFromInline static var chunk: Int { 64 }

  public init() {}

  @inlinable public var endIndex: Int { base + full.count &<< 6 + last.count }

  @inlinable
  public subscript(position: Int) -> Element {
    _read {
      precondition(position >= startIndex, "position \(position) is forgotten")
      let offset = position - base
      let chunk = offset &>> 6
      if chunk < full.count {
        yield full[chunk][offset & 63]
      } else {
        yield last[offset - full.count &<< 6]
      }
    }
  }

  /// - Complexity: constant, amortised; after a fork one chunk is copied.
  @inlinable
  public mutating func append(_ element: Element) {
    if last.count == History.chunk {
      full.append(last)
      last = []
      last.reserveCapacity(History.chunk)
    }
    last.append(element)
  }

  /// Forgets what lies before a position.
  public mutating func forget(before position: Int) {
    precondition(position <= endIndex, "position \(position) has not come yet")
    startIndex = Swift.max(startIndex, position)
    let whole = Swift.min((startIndex - base) &>> 6, full.count)
    guard whole > 0 else { return }
    full.removeFirst(whole)
    base += whole &<< 6
  }
}

extension History: Equatable where Element: Equatable {
  public static func == (a: History, b: History) -> Bool {
    a.startIndex == b.startIndex && a.elementsEqual(b)
  }
}
