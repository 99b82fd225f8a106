/// A registry, or a part of one, whose owners have ended it.
struct ImagePlace {
  enum State { case gone, frozen }

  /// Of an image's full name.
  var prefix: String
  var state: State
  /// What happened, with the date.
  var words: String
  var instead: String
  /// Whether the tag `latest` is still served.
  var keepsLatest = false

  func holds(_ image: String) -> Bool {
    let name = ImagePlace.full(image)
    guard name.hasPrefix(prefix) else { return false }
    let last = image.lastComponent
    let isLatest = !last.contains("@") && (!last.contains(":") || last.hasSuffix(":latest"))
    return !(keepsLatest && isLatest)
  }

  /// With the registry that stands for none.
  static func full(_ image: String) -> String {
    let parts = image.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return "docker.io/library/" + image }
    let host = parts[0]
    if host == "index.docker.io" { return "docker.io/" + parts.dropFirst().joined(separator: "/") }
    return host.contains(".") || host.contains(":") || host == "localhost"
      ? image : "docker.io/" + image
  }

  /// Each with its announcement in `docs/findings/image-registry-gone.md`.
  static let all: [ImagePlace] = [
    ImagePlace(
      prefix: "gcr.io/kubebuilder/", state: .gone,
      words: "gcr.io/kubebuilder has ended with Container Registry (March 2025)",
      instead: "registry.k8s.io/kubebuilder or quay.io/brancz has kube-rbac-proxy"),
    ImagePlace(
      prefix: "docker.io/bitnami/", state: .gone,
      words: "docker.io/bitnami has had no tags but `latest` since September 2025",
      instead: "docker.io/bitnamilegacy has the old ones, without updates", keepsLatest: true),
    ImagePlace(
      prefix: "registry.svc.ci.openshift.org/", state: .gone,
      words: "registry.svc.ci.openshift.org was ended in 2021",
      instead: "its successor is registry.ci.openshift.org"),
    ImagePlace(
      prefix: "registry.centos.org/", state: .gone,
      words: "registry.centos.org was closed in 2023", instead: "quay.io/centos has successors"),
    ImagePlace(
      prefix: "k8s.gcr.io/", state: .frozen,
      words: "k8s.gcr.io has been frozen since April 2023 and sends on to registry.k8s.io",
      instead: "registry.k8s.io has the same names"),
    ImagePlace(
      prefix: "gcr.io/google_containers/", state: .frozen,
      words: "gcr.io/google_containers has been frozen for years",
      instead: "registry.k8s.io has the images that are kept up"),
    ImagePlace(
      prefix: "gcr.io/google-containers/", state: .frozen,
      words: "gcr.io/google-containers has been frozen for years",
      instead: "registry.k8s.io has the images that are kept up"),
    ImagePlace(
      prefix: "quay.io/k8scsi/", state: .frozen,
      words: "quay.io/k8scsi has had no new images since 2021",
      instead: "registry.k8s.io/sig-storage has the sidecars"),
  ]
}
