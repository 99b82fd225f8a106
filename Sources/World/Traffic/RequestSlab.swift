import Kernel

/// One attempt of a request, from the gateway to its end.
struct RequestRow: Sendable {
  enum State: UInt8, Sendable {
    case free, travelling, waiting, serving
    /// Served on, though its client has given up.
    case abandoned
    /// Its process has died; the row waits for the events that still name it.
    case dead
    /// Waits for its turn at the gateway.
    case retrying
  }

  /// When the first attempt reached the gateway, and when this one did.
  var firstSent: Int64 = 0
  var sent: Int64 = 0
  /// State of the stream that its draws come from, the service's among those to come.
  var stream: UInt64 = 0
  /// How long it will be served by a process of the behaviour whose row `previous` holds on the way
  /// there: drawn when the pod is chosen, so that nothing waits for it when the pod is reached. From
  /// then on: when its service began.
  var service: Int64 = 0
  /// Number of the request in its load; the token of a probe.
  var number: UInt64 = 0
  var pod = UInt32.max
  /// Neighbours in the list that the state implies; on the way to the pod `previous` is a behaviour.
  var next = RequestSlab.none
  var previous = RequestSlab.none
  var load = RequestRow.probe
  var attempt: UInt8 = 0
  /// Pending events that name this row.
  var pending: UInt8 = 0
  var state = State.travelling

  /// Stands for the load of a probe.
  static var probe: UInt16 { .max }
}

/// Rows of attempts, reused when they have ended.
///
/// A row is free only when no pending event names it, so events need no generation.
struct RequestSlab: ~Copyable, Sendable {
  static var none: UInt32 { .max }

  var rows = Column<RequestRow>()
  var firstFree = RequestSlab.none
  /// Rows in use.
  var count = 0

  func fork() -> RequestSlab {
    var copy = RequestSlab()
    copy.rows = rows.fork()
    copy.firstFree = firstFree
    copy.count = count
    return copy
  }

  @inline(__always)
  mutating func add(_ request: RequestRow) -> UInt32 {
    count += 1
    if firstFree == RequestSlab.none {
      rows.append(request)
      return UInt32(rows.count - 1)
    }
    let row = firstFree
    firstFree = rows[Int(row)].next
    rows[Int(row)] = request
    return row
  }

  /// A row in use whose content is still to be written.
  @inline(__always)
  mutating func take() -> UInt32 {
    if firstFree == RequestSlab.none { return add(RequestRow()) }
    count += 1
    let row = firstFree
    firstFree = rows[Int(row)].next
    return row
  }

  @inline(__always)
  mutating func release(_ row: UInt32) {
    count -= 1
    rows[Int(row)].state = .free
    rows[Int(row)].next = firstFree
    firstFree = row
  }
}
