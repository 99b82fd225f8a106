import Units

/// The images that one node is pulling; the kubelet pulls them one after another.
///
/// Models `serializeImagePulls`, which is on by default.
struct ImagePulls: Sendable {
  /// When the puller has nothing more to do.
  private var free = Instant.zero
  private var running: [(image: ImageID, until: Instant)] = []

  /// When the image is there, if it is being pulled already.
  func end(of image: ImageID) -> Instant? {
    running.first { $0.image == image }?.until
  }

  /// Puts a pull at the end of the queue; returns when the image is there.
  mutating func pull(_ image: ImageID, now: Instant, duration: Span) -> Instant {
    free = max(free, now) + duration
    running.append((image, free))
    return free
  }

  /// Takes the images whose pulls have ended.
  mutating func takeEnded(_ now: Instant) -> [ImageID] {
    guard running.contains(where: { $0.until <= now }) else { return [] }
    let ended = running.filter { $0.until <= now }.map(\.image)
    running.removeAll { $0.until <= now }
    return ended
  }
}
