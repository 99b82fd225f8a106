/// Which images lie on which nodes, as the scheduler knows from the nodes' status.
struct ImageTable: Sendable {
  private(set) var names: [String] = []
  private var indices: [String: Int] = [:]
  /// Bytes; 0 while unknown.
  private(set) var sizes: [Int64] = []
  private(set) var nodeCounts: [Int64] = []
  /// By image: the nodes that have it.
  private(set) var isOnNode: [[Bool]] = []

  mutating func index(_ name: String) -> Int {
    if let known = indices[name] { return known }
    indices[name] = names.count
    names.append(name)
    sizes.append(0)
    nodeCounts.append(0)
    isOnNode.append([])
    return names.count - 1
  }

  mutating func set(_ image: Int, size: Int64, isPresent: Bool, on node: Int) {
    sizes[image] = size
    while isOnNode[image].count <= node { isOnNode[image].append(false) }
    if isOnNode[image][node] == isPresent { return }
    isOnNode[image][node] = isPresent
    nodeCounts[image] += isPresent ? 1 : -1
  }
}

// Preference for nodes that have the images (`imagelocality`).

extension SchedulerCache {
  /// A node's status names an image, or no longer does.
  ///
  /// - Parameter size: bytes.
  public mutating func setImage(_ name: String, size: Int64, isPresent: Bool, on node: Int) {
    images.set(images.index(name), size: size, isPresent: isPresent, on: node)
  }

  /// Scores by the bytes that need no pull, weighed down for images that few nodes have.
  func imageScores(_ template: SchedulerTemplate, _ feasible: [Int32]) -> [Int64]? {
    let present = template.images.filter { images.nodeCounts[$0] > 0 }
    if present.isEmpty { return nil }
    let smallest: Int64 = 23 << 20
    let largest = (1000 << 20) * Int64(template.images.count)
    let total = Double(nodeCount)
    return feasible.map { node in
      var sum: Int64 = 0
      for image in present {
        let isHere = images.isOnNode[image]
        if Int(node) < isHere.count, isHere[Int(node)] {
          sum += Int64(Double(images.sizes[image]) * (Double(images.nodeCounts[image]) / total))
        }
      }
      return 100 * (min(max(sum, smallest), largest) - smallest) / (largest - smallest)
    }
  }
}
