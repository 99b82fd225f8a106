public import ClusterAPI

/// A new image for a container of a Deployment.
public struct NewImage: Hashable, Sendable {
  public var deployment: ObjectKey
  /// nil: the only container.
  public var container: String?
  public var image: String

  public init(_ deployment: ObjectKey, container: String? = nil, image: String) {
    self.deployment = deployment
    self.container = container
    self.image = image
  }
}
