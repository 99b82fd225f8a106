/// Elements in a row of memory that one owner changes in place: an array without a reference count.
///
/// An array asks before every write whether it is shared; in a handler that writes ten fields of four
/// arrays that is most of the work. A column is never shared: it is copied by `fork()` only. Positions
/// are checked.
@safe
public struct Column<Element: Sendable>: ~Copyable, @unchecked Sendable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int
  @usableFromInline var length = 0

  @inlinable
  public init() {
    unsafe base = Column.allocate(8)
    capacity = 8
  }

  @inlinable
  deinit {
    unsafe base.deinitialize(count: length)
    unsafe base.deallocate()
  }

  @inlinable public var count: Int { length }
  @inlinable public var isEmpty: Bool { length == 0 }
  @inlinable public var indices: Range<Int> { 0..<length }

  /// From the beginning of a line of a processor's cache, so that a row of 64 bytes is one line.
  @inlinable
  static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Element> {
    unsafe UnsafeMutableRawPointer.allocate(
      byteCount: capacity * MemoryLayout<Element>.stride,
      alignment: max(64, MemoryLayout<Element>.alignment)
    ).bindMemory(to: Element.self, capacity: capacity)
  }

  @inlinable
  public subscript(position: Int) -> Element {
    @inline(__always)
    _read {
      precondition(UInt(bitPattern: position) < UInt(bitPattern: length), "no such position")
      yield unsafe base[position]
    }
    @inline(__always)
    _modify {
      precondition(UInt(bitPattern: position) < UInt(bitPattern: length), "no such position")
      yield unsafe &base[position]
    }
  }

  /// - Complexity: constant, amortised.
  @inlinable
  public mutating func append(_ element: Element) {
    if length == capacity { grow(to: capacity * 2) }
    unsafe (base + length).initialize(to: element)
    length += 1
  }

  /// Appends one element several times.
  @inlinable
  public mutating func append(repeating element: Element, count more: Int) {
    if length + more > capacity { grow(to: max(capacity * 2, length + more)) }
    unsafe (base + length).initialize(repeating: element, count: more)
    length += more
  }

  @inlinable
  mutating func grow(to wanted: Int) {
    let larger = unsafe Column.allocate(wanted)
    unsafe larger.moveInitialize(from: base, count: length)
    unsafe base.deallocate()
    unsafe base = larger
    capacity = wanted
  }

  /// The same elements in memory of their own.
  ///
  /// - Complexity: one copy of all elements, by memory when they hold no references.
  @inlinable
  public func fork() -> Column {
    var copy = Column()
    copy.grow(to: max(8, length + length / 8))
    unsafe copy.base.initialize(from: base, count: length)
    copy.length = length
    return copy
  }
}
