import ClusterAPI
import Manifests

/// Reads one text as the file `test.yaml`.
func read(_ text: String) -> ManifestSet {
  ManifestReader.read(files: [("test.yaml", Array(text.utf8))])
}

extension ManifestSet {
  var lines: [String] { diagnostics.map(\.description) }
}

/// A Deployment with room for more fields: of the spec, of the container, of the pod.
func deployment(
  apiVersion: String = "apps/v1", spec: String = "", container: String = "", pod: String = ""
) -> String {
  """
  apiVersion: \(apiVersion)
  kind: Deployment
  metadata:
    name: web
  spec:
    selector:
      matchLabels: {app: web}
    \(spec)
    template:
      metadata:
        labels: {app: web}
      spec:
        \(pod)
        containers:
        - name: web
          image: example/web:1
          \(container)
  """
}
