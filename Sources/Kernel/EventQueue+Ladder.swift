// How entries move between the buckets and the bottom: everything that is not done per event.
extension EventQueue {
  /// Brings the entries of the lowest bucket into the empty bottom.
  ///
  /// Returns false when nothing is pending, or when all of the lowest bucket lies at or above `limit`
  /// (which spares the moves; a true result does not promise a key below it).
  @usableFromInline @inline(never)
  mutating func refill(below limit: UInt64) -> Bool {
    guard levels != 0 else { return false }
    let level = levels.trailingZeroBitCount
    let digit = unsafe digits[level].trailingZeroBitCount
    let b = level << EventQueue.digitWidth | digit
    let shift = UInt64(level * EventQueue.digitWidth)
    // Keys of the bucket agree with `reach` above their digit, and may be anything below it.
    let below: UInt64 = (1 << shift) - 1
    let first = (reach & ~(below << 4 | 15)) | UInt64(digit) << shift
    guard first < limit else { return false }
    let entries = unsafe buckets[b].entries.unsafelyUnwrapped
    let count = unsafe Int(buckets[b].count)
    vacate(b)
    head = 0
    tail = 0
    if count <= EventQueue.sortLimit {
      reach = first | below
      unsafe sort(entries, count)
    } else {
      unsafe spread(entries, count)
    }
    return true
  }

  /// Stable insertion sort of a small bucket into the bottom, which then owns its whole range.
  @inline(__always)
  private mutating func sort(_ entries: UnsafeMutablePointer<Entry>, _ count: Int) {
    for i in 0..<count {
      let entry = unsafe entries[i]
      var j = i
      while j > 0, unsafe bottom[j &- 1].key > entry.key {
        unsafe bottom[j] = bottom[j &- 1]
        j &-= 1
      }
      unsafe bottom[j] = entry
    }
    tail = count
  }

  /// Spreads a large bucket over lower ones, counted from its smallest key; that key's entries go to the bottom.
  @inline(__always)
  private mutating func spread(_ entries: UnsafeMutablePointer<Entry>, _ count: Int) {
    var least = UInt64.max
    for i in 0..<count {
      unsafe least = min(least, entries[i].key)
    }
    reach = least
    for i in 0..<count {
      let entry = unsafe entries[i]
      if entry.key == least {
        if tail == capacity { makeRoom() }
        unsafe bottom[tail] = entry
        tail &+= 1
      } else {
        append(entry, to: EventQueue.bucket(of: entry.key, from: least))
      }
    }
  }

  /// Puts the bottom back into buckets, counted from its smallest key, whose entries stay.
  @usableFromInline @inline(never)
  mutating func spill() {
    let least = unsafe bottom[head].key
    guard least != reach else { return }
    // Buckets of lower digits, filled only if a peek spread a large one, are counted from the old
    // reach. From `least` on, all of theirs differ first in the digit in which the two differ.
    let b = EventQueue.bucket(of: reach, from: least)
    let level = b >> EventQueue.digitWidth
    while levels.trailingZeroBitCount < level {
      let lower = levels.trailingZeroBitCount
      let j = lower << EventQueue.digitWidth | (unsafe digits[lower].trailingZeroBitCount)
      for i in 0..<(unsafe Int(buckets[j].count)) {
        unsafe append(buckets[j].entries.unsafelyUnwrapped[i], to: b)
      }
      vacate(j)
    }
    var end = head
    while end < tail, unsafe bottom[end].key == least { end += 1 }
    for i in end..<tail {
      let entry = unsafe bottom[i]
      append(entry, to: EventQueue.bucket(of: entry.key, from: least))
    }
    tail = end
    reach = least
  }

  /// Makes room for one more entry at the end of the bottom.
  @usableFromInline @inline(never)
  mutating func makeRoom() {
    let pending = tail - head
    if head >= capacity / 2 {
      unsafe bottom.update(from: bottom + head, count: pending)
    } else {
      capacity *= 2
      let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
      unsafe larger.initialize(from: bottom + head, count: pending)
      unsafe bottom.deallocate()
      unsafe bottom = larger
    }
    head = 0
    tail = pending
  }

  @usableFromInline @inline(never)
  mutating func grow(_ b: Int) {
    let old = unsafe buckets[b]
    var larger = unsafe Bucket(capacity: max(16, Int(old.capacity) * 2))
    unsafe larger.count = old.count
    if let entries = unsafe old.entries, let copy = unsafe larger.entries {
      unsafe copy.initialize(from: entries, count: Int(old.count))
      unsafe entries.deallocate()
    }
    unsafe buckets[b] = larger
  }
}
