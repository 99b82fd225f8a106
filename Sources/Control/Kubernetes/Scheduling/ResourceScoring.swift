/// A resource and its weight in a score.
public struct ResourceWeight: Hashable, Sendable {
  public var name: String
  public var weight: Int64

  public init(name: String, weight: Int64 = 1) {
    self.name = name
    self.weight = weight
  }
}

/// How `NodeResourcesFit` scores a node by the share of its resources that would be requested.
public struct ScoringStrategy: Hashable, Sendable {
  /// A point of a broken line: score (0...10) at a utilization (per cent).
  public struct ShapePoint: Hashable, Sendable {
    public var utilization: Int64
    public var score: Int64

    public init(utilization: Int64, score: Int64) {
      self.utilization = utilization
      self.score = score
    }
  }

  public enum Kind: Hashable, Sendable {
    case leastAllocated
    case mostAllocated
    case requestedToCapacityRatio([ShapePoint])
  }

  public var kind: Kind
  public var resources: [ResourceWeight]

  public init(
    kind: Kind = .leastAllocated,
    resources: [ResourceWeight] = [ResourceWeight(name: "cpu"), ResourceWeight(name: "memory")]
  ) {
    self.kind = kind
    self.resources = resources
  }
}

/// One resource of one node, as a scorer sees it: amounts with the pod on the node, and without.
struct ResourceUse {
  var requested: Int64
  var allocated: Int64
  /// 0: the resource does not count.
  var allocatable: Int64
  var weight: Int64
}

/// The score functions of `noderesources`, in integers; 0...100.
enum ResourceScoring {
  static func score(_ uses: [ResourceUse], kind: ScoringStrategy.Kind) -> Int64 {
    var sum: Int64 = 0
    var weights: Int64 = 0
    for use in uses where use.allocatable != 0 {
      let score: Int64
      switch kind {
      case .leastAllocated: score = least(use.requested, use.allocatable)
      case .mostAllocated:
        score = min(use.requested, use.allocatable) * 100 / use.allocatable
      case .requestedToCapacityRatio(let shape):
        let utilization =
          use.requested > use.allocatable ? 100 : use.requested * 100 / use.allocatable
        score = brokenLine(shape, at: utilization)
        // Resources without a score do not water down the mean.
        if score <= 0 { continue }
      }
      sum += score * use.weight
      weights += use.weight
    }
    if weights == 0 { return 0 }
    if case .requestedToCapacityRatio = kind {
      return Int64((Double(sum) / Double(weights)).rounded())
    }
    return sum / weights
  }

  @inline(__always)
  static func least(_ requested: Int64, _ allocatable: Int64) -> Int64 {
    requested > allocatable ? 0 : (allocatable - requested) * 100 / allocatable
  }

  private static func brokenLine(
    _ shape: [ScoringStrategy.ShapePoint], at utilization: Int64
  ) -> Int64 {
    for (index, point) in shape.enumerated() where utilization <= point.utilization {
      if index == 0 { return point.score * 10 }
      let before = shape[index - 1]
      return before.score * 10 + (point.score - before.score) * 10
        * (utilization - before.utilization) / (point.utilization - before.utilization)
    }
    return (shape.last?.score ?? 0) * 10
  }

  /// How much the pod evens out the shares of the resources (`balancedResourceScorer` of 1.36).
  static func balanced(_ uses: [ResourceUse]) -> Int64 {
    let with = evenness(uses) { $0.requested }
    let without = evenness(uses) { $0.allocated }
    return 50 + (50 + with - without) / 2
  }

  /// The same for two resources, without a list of them.
  @inline(__always)
  static func balanced(_ a: ResourceUse, _ b: ResourceUse) -> Int64 {
    // A single one, or none, is always even.
    if a.allocatable == 0 || b.allocatable == 0 { return 75 }
    @inline(__always) func share(_ amount: Int64, _ use: ResourceUse) -> Double {
      min(1, Double(amount) / Double(use.allocatable))
    }
    let with = ((share(a.requested, a) - share(b.requested, b)) / 2).magnitude
    let without = ((share(a.allocated, a) - share(b.allocated, b)) / 2).magnitude
    return 50 + (50 + Int64((1 - with) * 100) - Int64((1 - without) * 100)) / 2
  }

  /// 100 * (1 - standard deviation of the shares), cut off.
  @inline(__always)
  private static func evenness(_ uses: [ResourceUse], _ amount: (ResourceUse) -> Int64) -> Int64 {
    var count = 0
    var total = 0.0
    var first = 0.0
    var last = 0.0
    for use in uses where use.allocatable != 0 {
      last = min(1, Double(amount(use)) / Double(use.allocatable))
      if count == 0 { first = last }
      total += last
      count += 1
    }
    var deviation = 0.0
    if count == 2 {
      deviation = ((first - last) / 2).magnitude
    } else if count > 2 {
      let mean = total / Double(count)
      var squares = 0.0
      for use in uses where use.allocatable != 0 {
        let share = min(1, Double(amount(use)) / Double(use.allocatable))
        squares += (share - mean) * (share - mean)
      }
      deviation = (squares / Double(count)).squareRoot()
    }
    return Int64((1 - deviation) * 100)
  }
}
