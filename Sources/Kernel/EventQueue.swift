public import Units

/// Pending events in the order of (time, priority class, insertion): a monotone radix ladder.
///
/// A radix heap (Ahuja, Mehlhorn, Orlin, Tarjan, "Faster algorithms for the shortest path problem",
/// 1990) with a small sorted bottom in the manner of the ladder queue (Tang, Goh, Thng, 2005).
/// An entry's bucket is the highest digit (of `digitWidth` bits) in which its key differs from `reach`,
/// and the digit's value; the lowest bucket is sorted into the bottom when it is small and spread over
/// lower buckets when it is not. Nothing is estimated from the load, and all moves are sequential in
/// memory. Equal keys never change their
/// order, so no sequence number is stored and an entry is 16 bytes.
///
/// Time only goes forward: an event may be pushed for *now* only into the class of the event popped
/// last or a later one. Anything earlier traps.
///
/// Copied by `fork()` only; moves between tasks like any value, as nobody else has its memory.
@safe
public struct EventQueue: ~Copyable, @unchecked Sendable {
  /// Time and class in one integer, and what happens then.
  @usableFromInline
  struct Entry {
    /// `time << 3 | class`.
    @usableFromInline var key: UInt64
    @usableFromInline var event: Event

    @inlinable @inline(__always)
    init(key: UInt64, event: Event) {
      self.key = key
      self.event = event
    }
  }

  /// A growable run of entries in insertion order.
  @unsafe @usableFromInline
  struct Bucket {
    @usableFromInline var entries: UnsafeMutablePointer<Entry>?
    @usableFromInline var count: UInt32
    @usableFromInline var capacity: UInt32

    @usableFromInline
    init(capacity: Int) {
      unsafe entries = capacity == 0 ? nil : UnsafeMutablePointer.allocate(capacity: capacity)
      unsafe count = 0
      unsafe self.capacity = UInt32(capacity)
    }
  }

  /// Sorted entries, `head..<tail` of them pending: all whose key is at most `reach`.
  @usableFromInline var bottom: UnsafeMutablePointer<Entry>
  @usableFromInline var head = 0
  @usableFromInline var tail = 0
  @usableFromInline var capacity = EventQueue.bottomCapacity
  /// The highest key that belongs to the bottom; buckets are counted from it.
  @usableFromInline var reach: UInt64 = 0
  /// Key of the event popped last.
  @usableFromInline var current: UInt64 = 0
  /// Bit l is set when a bucket of level l holds entries.
  @usableFromInline var levels: UInt64 = 0
  /// By level: bit v is set when the bucket of digit value v holds entries.
  @usableFromInline var digits: UnsafeMutablePointer<UInt16>
  /// One bucket for each digit of a key and each of its values, the lowest digit first.
  @usableFromInline var buckets: UnsafeMutablePointer<Bucket>

  /// Up to so many entries of a bucket are sorted into the bottom at once.
  @usableFromInline static var sortLimit: Int { 32 }
  /// A bottom that has grown beyond this by insertions goes back into buckets.
  @usableFromInline static var spillLimit: Int { 96 }
  @usableFromInline static var bottomCapacity: Int { 256 }
  /// Bits of a digit; a power of two, as `bucket(of:)` rounds down to it.
  @usableFromInline static var digitWidth: Int { 4 }
  @usableFromInline static var levelCount: Int { 64 / digitWidth }
  @usableFromInline static var bucketCount: Int { levelCount &<< digitWidth }
  /// Times from here on (36 years) leave no room for the class.
  @usableFromInline static var timeLimit: UInt64 { 1 &<< 60 }

  /// An empty queue at the first instant of a scenario.
  public init() {
    unsafe bottom = .allocate(capacity: EventQueue.bottomCapacity)
    unsafe digits = .allocate(capacity: EventQueue.levelCount)
    unsafe digits.initialize(repeating: 0, count: EventQueue.levelCount)
    unsafe buckets = .allocate(capacity: EventQueue.bucketCount)
    for b in 0..<EventQueue.bucketCount {
      unsafe (buckets + b).initialize(to: Bucket(capacity: 0))
    }
  }

  deinit {
    for b in 0..<EventQueue.bucketCount {
      unsafe buckets[b].entries?.deallocate()
    }
    unsafe buckets.deallocate()
    unsafe digits.deallocate()
    unsafe bottom.deallocate()
  }

  /// Time of the event popped last; the first instant before any was popped.
  @inlinable public var now: Instant { Instant(ns: Int64(bitPattern: current &>> 3)) }

  /// Priority class of the event popped last: what a push for `now` must not come before.
  @inlinable public var priority: UInt8 { UInt8(truncatingIfNeeded: current & 7) }

  @inlinable public var isEmpty: Bool { head == tail && levels == 0 }

  /// Number of pending events, stale ones included.
  ///
  /// - Complexity: one step for each of the buckets, of which there are 256.
  public var count: Int {
    var total = tail - head
    for b in 0..<EventQueue.bucketCount { unsafe total += Int(buckets[b].count) }
    return total
  }

  /// Adds an event behind all pending ones of the same time and class.
  ///
  /// Traps if (`at`, `priority`) lies before the time and class of the event popped last, or if `at`
  /// is outside 0..<2^60 ns: what happens at `Instant.never` is not pushed.
  ///
  /// - Parameter priority: 0...7; of two events at one time the lower class goes first.
  /// - Complexity: amortised over the event's life, one move for each bit of its delay at most.
  @inlinable @inline(__always)
  public mutating func push(_ event: Event, at: Instant, priority: UInt8) {
    let time = UInt64(bitPattern: at.ns)
    precondition(time < EventQueue.timeLimit, "push: time outside 0..<2^60 ns")
    precondition(priority < 8, "push: priority class outside 0...7")
    let key = time &<< 3 | UInt64(priority)
    precondition(key >= current, "push: before the time and class of the event popped last")
    let entry = Entry(key: key, event: event)
    if key <= reach {
      settle(entry)
    } else {
      append(entry, to: EventQueue.bucket(of: key, from: reach))
    }
  }

  /// Removes the first event and moves `now` to its time; nil when none is pending.
  @inlinable @inline(__always)
  public mutating func pop() -> (event: Event, at: Instant)? {
    if head == tail && !refill(below: .max) { return nil }
    return takeFirst()
  }

  /// Removes the first event if it is due before `limit`; nil, with `now` unmoved, if it is not.
  ///
  /// Events may afterwards be pushed for any time from `now` on, also before the one that was left.
  @inlinable @inline(__always)
  public mutating func pop(before limit: Instant) -> (event: Event, at: Instant)? {
    let key = EventQueue.firstKey(at: limit)
    if head == tail && !refill(below: key) { return nil }
    guard unsafe bottom[head].key < key else { return nil }
    return takeFirst()
  }

  /// Time of the first event; nil when none is pending. Leaves `now` where it is.
  @inlinable
  public mutating func peekTime() -> Instant? {
    if head == tail && !refill(below: .max) { return nil }
    return unsafe Instant(ns: Int64(bitPattern: bottom[head].key &>> 3))
  }

  @inlinable @inline(__always)
  static func firstKey(at limit: Instant) -> UInt64 {
    if limit.ns <= 0 { return 0 }
    let time = UInt64(bitPattern: limit.ns)
    return time < timeLimit ? time &<< 3 : .max
  }

  @inlinable @inline(__always)
  mutating func takeFirst() -> (event: Event, at: Instant) {
    let entry = unsafe bottom[head]
    head &+= 1
    current = entry.key
    return (entry.event, now)
  }

  /// Inserts into the bottom, behind its equals.
  @inlinable @inline(__always)
  mutating func settle(_ entry: Entry) {
    if tail == capacity { makeRoom() }
    var i = tail
    while i > head, unsafe bottom[i &- 1].key > entry.key {
      unsafe bottom[i] = bottom[i &- 1]
      i &-= 1
    }
    unsafe bottom[i] = entry
    if tail &- head > EventQueue.spillLimit && i != tail {
      tail &+= 1
      spill()
    } else {
      tail &+= 1
    }
  }

  /// The bucket of a key above `reach`.
  @inlinable @inline(__always)
  static func bucket(of key: UInt64, from reach: UInt64) -> Int {
    let shift = (63 &- (key ^ reach).leadingZeroBitCount) & ~(digitWidth &- 1)
    let digit = Int(truncatingIfNeeded: key &>> UInt64(truncatingIfNeeded: shift)) & 15
    return shift &<< 2 | digit
  }

  @inlinable @inline(__always)
  mutating func append(_ entry: Entry, to b: Int) {
    let bucket = unsafe buckets + b
    if unsafe bucket.pointee.count == bucket.pointee.capacity { grow(b) }
    let n = unsafe bucket.pointee.count
    unsafe bucket.pointee.entries.unsafelyUnwrapped[Int(n)] = entry
    unsafe bucket.pointee.count = n &+ 1
    if n == 0 { occupy(b) }
  }

  @inlinable @inline(__always)
  mutating func occupy(_ b: Int) {
    let level = b &>> EventQueue.digitWidth
    levels |= 1 &<< UInt64(truncatingIfNeeded: level)
    unsafe digits[level] |= 1 &<< UInt16(truncatingIfNeeded: b & 15)
  }

  /// Marks an occupied bucket as empty; its entries stay in memory until something is appended.
  @inlinable @inline(__always)
  mutating func vacate(_ b: Int) {
    let level = b &>> EventQueue.digitWidth
    unsafe buckets[b].count = 0
    unsafe digits[level] &= ~(1 &<< UInt16(truncatingIfNeeded: b & 15))
    if unsafe digits[level] == 0 { levels &= ~(1 &<< UInt64(truncatingIfNeeded: level)) }
  }
}
