import ClusterAPI
import Recording
import Units

/// The picture of a run with its legend and the list of its marks.
enum PictureFigure {
  static func html(_ run: RunRecord) -> String {
    guard let picture = RunPicture(run) else {
      return "<p class=\"dim\">No series were recorded.</p>"
    }
    return """
      <figure data-picture="\(Escape.markup(picture.data))">
      <div class="wide"><div class="pic">\(picture.svg)<div class="tip" hidden></div></div></div>
      <figcaption>\(legend(picture))\(marks(picture))</figcaption></figure>
      """
  }

  private static func legend(_ picture: RunPicture) -> String {
    var items: [String] = []
    func item(_ kind: String, _ text: String) {
      items.append("<li><i class=\"\(kind)\"></i>\(Escape.markup(text))</li>")
    }
    for panel in picture.panels {
      let isOne = panel.series.count == 1
      for (index, series) in panel.series.enumerated() {
        switch panel.content {
        case .pods:
          item("k\(Panel.color(index))", "\(series.name)\(born(series, picture.run))")
        case .requests:
          item(isOne ? "kreq" : "k\(Panel.color(index))", "requests to service/\(series.name)")
        case .failed: if index == 0 { item("kerr", "failed requests (peak)") }
        case .query: break
        case .latency: if isOne { item("klat", "p99 latency of service/\(series.name)") }
        }
      }
    }
    if picture.faults.contains(where: \.isShaded) { item("kfault", "fault") }
    return "<ul class=\"legend\">\(items.joined())</ul>"
  }

  /// When the ReplicaSet was made, where that was in the run: this tells the new revision.
  private static func born(_ series: RunRecord.Series, _ run: RunRecord) -> String {
    for entry in run.timeline {
      if case .replicaSetCreated(let key, _) = entry.happening, key.name == series.name {
        return " (created \(Words.time(entry.at)))"
      }
    }
    return ""
  }

  private static func marks(_ picture: RunPicture) -> String {
    guard !picture.marks.isEmpty else { return "" }
    let items = picture.marks.map { mark in
      "<li><b class=\"g-\(mark.group.rawValue)\">\(mark.number)</b>"
        + "<span class=\"at\">\(Words.time(mark.at))</span>"
        + "<span>\(Markup.prose(mark.words))</span></li>"
    }
    return "<ol class=\"marks\">\(items.joined())</ol>"
  }
}
