import ClusterAPI
import Manifests
import YAML

/// Manifests that a scenario names by path, or holds in place.
enum ManifestsCodec {
  /// One path or document, or a list of them.
  private static let shape: Shape = {
    let one = Shape.either([
      .text(form: "path of a file or folder", pattern: nil, isNumberToo: false),
      .map(.any),
    ])
    return .either([one, .list(one)])
  }()

  static func objects(_ source: ScenarioSource) -> Codec<[ClusterObject]> {
    Codec(shape: shape) { node, reading in
      var objects: [ClusterObject] = []
      for item in node.sequence ?? [node] {
        let set: ManifestSet
        if item.mapping != nil {
          set = ManifestReader.read(item, file: reading.file)
        } else {
          guard let path = Codec<String>.string.read(item, &reading) else { continue }
          do {
            set = ManifestReader.read(files: try source.load(path))
          } catch {
            reading.report(
              .error, at: item, "cannot read `\(path)`",
              remedy: "write a file or a folder, relative to this file")
            continue
          }
        }
        reading.diagnostics += set.diagnostics
        for object in set.objects {
          objects.removeAll { $0.key == object.key }
          objects.append(object)
        }
      }
      return objects
    }
  }
}
