import ClusterAPI
import Control
import Testing

@Suite struct RevisionHistoryTests {
  private func template(_ image: String) -> PodTemplate {
    PodTemplate(spec: PodSpec(containers: [Container(name: "a", image: image)]))
  }

  private func revision(_ name: String, _ number: Int64) -> ControllerRevision {
    ControllerRevision(
      meta: ObjectMeta(name: name), template: template(name), revision: number)
  }

  @Test func anEarlierTemplateGetsAHigherNumber() {
    let (one, two) = (revision("v1", 1), revision("v2", 2))
    #expect(RevisionHistory([]).step(for: template("v1")) == .create(number: 1))
    #expect(RevisionHistory([two, one]).step(for: template("v2")) == .nothing(two))
    #expect(RevisionHistory([two, one]).step(for: template("v3")) == .create(number: 3))
    #expect(RevisionHistory([two, one]).step(for: template("v1")) == .renumber(one, to: 3))
  }

  @Test func whatPodsNeedIsKept() {
    let all = (1...5).map { revision("v\($0)", Int64($0)) }
    let history = RevisionHistory(all)
    func names(_ revisions: [ControllerRevision]) -> [String] { revisions.map(\.meta.name) }
    #expect(names(history.surplus(limit: 1, live: ["v1", "v5"])) == ["v2", "v3"])
    #expect(names(history.surplus(limit: 0, live: ["v5"])) == ["v1", "v2", "v3", "v4"])
    #expect(history.surplus(limit: 10, live: []).isEmpty)
    // A DaemonSet counts those in use.
    #expect(names(history.surplus(limit: 1, except: "v5", live: ["v1"])) == ["v2", "v3", "v4"])
    #expect(names(history.surplus(limit: 2, except: "v5", live: ["v1"])) == ["v2", "v3"])
  }
}
