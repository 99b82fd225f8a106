import ClusterAPI
import Control
import Manifests
import Testing

/// The configurations of prometheus-adapter among published manifests.
@Suite(.enabled(if: Corpus.isPresent))
struct AdapterCorpusTests {
  @Test func eachIsReadOrRefusedWithItsPlace() throws {
    let files = try ManifestFiles.load(at: Corpus.folder)
    let set = AdapterReader.read(manifests: files)
    #expect(set.entries.count >= 2)
    for diagnostic in set.diagnostics {
      #expect(diagnostic.location.line > 1 && diagnostic.path.hasPrefix("data.config.yaml"))
    }
    for entry in set.entries {
      let said = set.diagnostics.filter { $0.location.file == entry.location.file }
      #expect(entry.isAccepted || said.contains { $0.severity == .error }, "\(entry.location)")
    }
    // The adapter's own manifests answer for metrics-server.
    let own = try #require(set.entries.first { $0.object == "monitoring/adapter-config" })
    #expect(own.isAccepted && own.rules.isEmpty)
    // Its second rule stands one column too far right, inside of the first.
    let file = "kubernetes__examples/AI/vllm-deployment/hpa/prometheus-adapter.yaml"
    let example = try #require(set.entries.first { $0.location.file.hasSuffix(file) })
    #expect(!example.isAccepted && example.object == "monitoring/prometheus-adapter")
    #expect(set.diagnostics.contains { $0.location.file.hasSuffix(file) && $0.location.line > 80 })
  }
}
