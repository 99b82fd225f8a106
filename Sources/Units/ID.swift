/// A dense index into one table, typed by the table's tag: a pod's id cannot be taken for a node's.
@frozen
public struct ID<Tag>: Codable, Comparable, Hashable, Sendable {
  public var raw: UInt32

  @inlinable public init(_ raw: UInt32) { self.raw = raw }
  @inlinable public init(_ index: Int) { raw = UInt32(index) }

  /// Names nothing: an unbound pod's node, an orphan's owner.
  @inlinable public static var none: ID { ID(UInt32.max) }
  @inlinable public var isNone: Bool { raw == .max }
  @inlinable public var index: Int { Int(raw) }
  @inlinable public static func < (a: ID, b: ID) -> Bool { a.raw < b.raw }
}

public enum PodTag {}
public enum NodeTag {}
public enum TemplateTag {}
public enum OwnerTag {}
public enum DeploymentTag {}
public enum ServiceTag {}
public enum ImageTag {}
public enum ResourceQuotaTag {}
public enum DisruptionBudgetTag {}
public enum AutoscalerTag {}
public enum LoadTag {}

public typealias PodID = ID<PodTag>
public typealias NodeID = ID<NodeTag>
public typealias TemplateID = ID<TemplateTag>
public typealias OwnerID = ID<OwnerTag>
/// A ReplicaSet is named by its row among the owners of pods.
public typealias ReplicaSetID = OwnerID
public typealias DeploymentID = ID<DeploymentTag>
public typealias ServiceID = ID<ServiceTag>
public typealias ImageID = ID<ImageTag>
public typealias ResourceQuotaID = ID<ResourceQuotaTag>
public typealias DisruptionBudgetID = ID<DisruptionBudgetTag>
public typealias AutoscalerID = ID<AutoscalerTag>
public typealias LoadID = ID<LoadTag>
