extension EventQueue {
  /// A second queue with the same pending events, at the same moment; the two share nothing.
  ///
  /// - Complexity: one copy of the pending entries, without looking at them.
  public func fork() -> EventQueue {
    var copy = EventQueue()
    copy.reach = reach
    copy.current = current
    copy.levels = levels
    unsafe copy.digits.update(from: digits, count: EventQueue.levelCount)
    copy.tail = tail - head
    if copy.tail > copy.capacity {
      unsafe copy.bottom.deallocate()
      copy.capacity = copy.tail + copy.tail / 2
      unsafe copy.bottom = .allocate(capacity: copy.capacity)
    }
    unsafe copy.bottom.initialize(from: bottom + head, count: copy.tail)
    for b in 0..<EventQueue.bucketCount where unsafe buckets[b].count > 0 {
      let count = unsafe Int(buckets[b].count)
      unsafe copy.buckets[b] = Bucket(capacity: count + count / 2)
      unsafe copy.buckets[b].count = UInt32(count)
      if let from = unsafe buckets[b].entries, let to = unsafe copy.buckets[b].entries {
        unsafe to.initialize(from: from, count: count)
      }
    }
    return copy
  }
}
