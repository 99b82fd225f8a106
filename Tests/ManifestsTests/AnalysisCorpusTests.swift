import ClusterAPI
import Control
import Manifests
import Testing

/// The analyses among published manifests.
@Suite(.enabled(if: Corpus.isPresent))
struct AnalysisCorpusTests {
  @Test func eachIsReadOrRefusedWithItsPlace() throws {
    let files = try ManifestFiles.load(at: Corpus.folder)
    var (templates, canaries, unsupported, rejected) = (0, 0, 0, 0)
    for file in files {
      let set = AnalysisReader.read(manifests: [file])
      templates += set.templates.count
      canaries += set.canaries.count
      rejected += set.rejections.count
      unsupported += set.templateEntries.reduce(0) { $0 + $1.unsupported.count }
      for diagnostic in set.diagnostics {
        #expect(diagnostic.location.file == file.name && diagnostic.location.line > 0)
      }
      #expect(set.rejections.isEmpty || set.hasErrors, "\(file.name)")
      for template in set.templates {
        #expect(template.metrics.allSatisfy { !$0.query.isEmpty }, "\(file.name)")
      }
    }
    #expect((templates, canaries, unsupported, rejected) == (16, 11, 12, 3))
  }
}
