/// Rows by dense position that change one here and one there, and are cheap to copy.
///
/// They lie in chunks of 64. A copy that goes its own way shares them: after a fork a change copies the
/// one chunk that it touches, not the whole table. A position never changes its meaning.
public struct Rows<Element: Sendable>: RandomAccessCollection, MutableCollection, Sendable {
  @usableFromInline var chunks: [[Element]] = []
  @usableFromInline var length = 0

  @usableFromInline static var chunk: Int { 64 }

  @inlinable public init() {}

  @inlinable public var count: Int { length }
  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { length }

  @inlinable
  public subscript(position: Int) -> Element {
    @inline(__always)
    _read { yield chunks[position &>> 6][position & 63] }
    @inline(__always)
    _modify { yield &chunks[position &>> 6][position & 63] }
  }

  /// - Complexity: constant; after a fork one chunk is copied.
  @inlinable
  public mutating func append(_ element: Element) {
    if length & 63 == 0 {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(Rows.chunk)
    }
    chunks[chunks.count - 1].append(element)
    length += 1
  }
}

extension Rows: Equatable where Element: Equatable {}
