public import World

/// The registry does not deliver an image: ErrImagePull, then ImagePullBackOff.
public struct ImagePullFailure: Fault {
  public static let kind = "imagePullFailure"
  public static let parameters = [
    FaultParameter("image", .image, "images that cannot be pulled; `*` stands for any characters")
  ]

  let image: String

  public init(_ values: FaultValues) { image = values.text("image") }

  public var begin: [Disturbance] { [.registry(image: image, failing: true)] }
  public var end: [Disturbance] { [.registry(image: image, failing: false)] }
}
