/// Elements in a row of memory that one owner changes in place: an array without a reference count.
///
/// An array asks before every write whether it is shared; in a handler that writes ten fields of four
/// arrays that is most of the work. A column is never shared: it is copied by `fork()` only. Positions
/// are checked.
@safe
public struct Column<Element: Sendable>: ~Copyable, @unchecked Sendable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int
  public private(set) var count = 0

  public init() {
    unsafe base = .allocate(capacity: 8)
    capacity = 8
  }

  deinit {
    unsafe base.deinitialize(count: count)
    unsafe base.deallocate()
  }

  @inlinable public var isEmpty: Bool { count == 0 }
  @inlinable public var indices: Range<Int> { 0..<count }

  @inlinable
  public subscript(position: Int) -> Element {
    @inline(__always)
    _read {
      precondition(UInt(bitPattern: position) < UInt(bitPattern: count), "no such position")
      yield unsafe base[position]
    }
    @inline(__always)
    _modify {
      precondition(UInt(bitPattern: position) < UInt(bitPattern: count), "no such position")
      yield unsafe &base[position]
    }
  }

  /// - Complexity: constant, amortised.
  public mutating func append(_ element: Element) {
    if count == capacity { grow(to: capacity * 2) }
    unsafe (base + count).initialize(to: element)
    count += 1
  }

  /// Appends one element several times.
  public mutating func append(repeating element: Element, count more: Int) {
    if count + more > capacity { grow(to: max(capacity * 2, count + more)) }
    unsafe (base + count).initialize(repeating: element, count: more)
    count += more
  }

  private mutating func grow(to wanted: Int) {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: wanted)
    unsafe larger.moveInitialize(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = larger
    capacity = wanted
  }

  /// The same elements in memory of their own.
  ///
  /// - Complexity: one copy of all elements, by memory when they hold no references.
  public func fork() -> Column {
    var copy = Column()
    copy.grow(to: max(8, count + count / 8))
    unsafe copy.base.initialize(from: base, count: count)
    copy.count = count
    return copy
  }
}
