import Arguments
import ClusterAPI
import Harness

/// What `--set-image` asks for: `[namespace/]deployment[:container]=image`.
///
/// As `kubectl set image` has it, the Deployment may be written `deployment/web`, and where no
/// Deployment has the name, it is that of a container that only one of them has.
struct ImageChange: Equatable {
  /// Such as `web`, `shop/web` or `deployment/web`.
  var target: String
  var container: String?
  var image: String

  /// - Throws: `ValidationError` for another shape.
  init(_ word: String) throws {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty,
      !word.contains(where: \.isWhitespace)
    else { throw ImageChange.shape }
    let names = parts[0].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let path = names[0].split(separator: "/", omittingEmptySubsequences: false)
    guard names.count <= 2, path.count <= 2, !names.contains(""), !path.contains("") else {
      throw ImageChange.shape
    }
    target = names[0]
    container = names.count == 2 ? names[1] : nil
    image = String(parts[1])
  }

  private static let shape = ValidationError(
    "write DEPLOYMENT=IMAGE, NAMESPACE/DEPLOYMENT=IMAGE or DEPLOYMENT:CONTAINER=IMAGE")

  /// What is not there, or may be several things.
  enum Problem: Error, Equatable {
    case unknown(String, known: [String], word: String)
    case ambiguous(String)
  }

  /// - Throws: `Problem`.
  func resolve(_ deployments: [Deployment]) throws(Problem) -> (NewImage, Deployment) {
    var container = container
    var found = deployments.filter { matches($0) }
    if found.isEmpty, container == nil, !target.contains("/") {
      found = deployments.filter { deployment in
        deployment.spec.template.spec.containers.contains { $0.name == target }
      }
      if !found.isEmpty { container = target }
    }
    guard let deployment = found.first else {
      throw .unknown(
        "no Deployment `\(target)` in the manifests", known: names(of: deployments),
        word: target)
    }
    if found.count > 1 {
      let choices = found.map { deployment in
        let name = "\(deployment.meta.namespace)/\(deployment.meta.name)"
        return "--set-image \(name)\(container.map { ":\($0)" } ?? "")=\(image)"
      }
      throw .ambiguous(
        "`\(target)` is in several Deployments; write " + choices.joined(separator: " or "))
    }
    let chosen = try choose(container, of: deployment)
    return (
      NewImage(
        ClusterObject.deployment(deployment).key, container: chosen, image: image), deployment
    )
  }

  private func matches(_ deployment: Deployment) -> Bool {
    let parts = target.split(separator: "/")
    if parts.count == 1 { return deployment.meta.name == target }
    guard deployment.meta.name == parts[1] else { return false }
    return deployment.meta.namespace == parts[0]
      || ["deployment", "deployments", "deploy", "deployment.apps"].contains(parts[0])
  }

  /// The container's name; nil where there is only one. Without a name it is the one whose present
  /// image differs by its tag or digest alone.
  private func choose(
    _ name: String?, of deployment: Deployment
  ) throws(Problem) -> String? {
    let containers = deployment.spec.template.spec.containers
    if let name {
      guard containers.contains(where: { $0.name == name }) else {
        throw .unknown(
          "deployment/\(deployment.meta.name) has no container `\(name)`",
          known: containers.map(\.name), word: name)
      }
      return name
    }
    if containers.count < 2 { return nil }
    let same = containers.filter {
      ImageChange.repository($0.image) == ImageChange.repository(image)
    }
    if same.count == 1 { return same[0].name }
    let choices = containers.map {
      "--set-image \(target):\($0.name)=\(image) (now \($0.image))"
    }
    throw .ambiguous(
      "deployment/\(deployment.meta.name) has \(containers.count) containers; write "
        + choices.joined(separator: " or "))
  }

  /// Without tag and digest: `ghcr.io/shop/web:v2@sha256:...` is `ghcr.io/shop/web`.
  static func repository(_ image: String) -> Substring {
    let name = image.prefix { $0 != "@" }
    guard let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") else { return name }
    return name[..<colon]
  }

  /// With their namespaces where the target has one, each name once.
  private func names(of deployments: [Deployment]) -> [String] {
    var names: [String] = []
    for meta in deployments.map(\.meta) {
      let name = target.contains("/") ? "\(meta.namespace)/\(meta.name)" : meta.name
      if !names.contains(name) { names.append(name) }
    }
    return names
  }
}
