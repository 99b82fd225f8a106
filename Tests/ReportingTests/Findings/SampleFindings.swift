import ClusterAPI
import Recording
import Units

/// Findings as a rehearsal has them.
enum SampleFindings {
  typealias Entry = FindingsRecord.Entry

  static var probe: Entry {
    var entry = Entry(
      id: "liveness-kills-starting-pod", title: "liveness kills a pod that still starts",
      severity: .warning, standing: .worse, object: "deployment/web", part: "app",
      message: "The liveness probe kills app 22 s after its start, before it answers.",
      condition: "start-up longer than 22 s")
    entry.before = "start-up longer than 1 min"
    entry.place = SourceLocation(file: "k8s/web.yaml", line: 8, column: 1)
    entry.at = .seconds(35)
    entry.figures = [.init("restarts", "3"), .init("requests lost", "12 of 4,800")]
    entry.moments = [
      .init(.seconds(0), "new pods start"), .init(.seconds(35), "liveness probe fails"),
      .init(.milliseconds(35_400), "app is killed"),
      .init(.seconds(95), "progress deadline passes"),
    ]
    entry.suggestion = .init(
      title: "give it a startup probe", object: "deployment/web", place: entry.place,
      patch: """
        spec:
          template:
            spec:
              containers:
              - name: app
                startupProbe:
                  failureThreshold: 30

        """)
    return entry
  }

  static var drain: Entry {
    var entry = Entry(
      id: "drain-blocked", title: "a drain never ends", severity: .error, standing: .new,
      object: "shop/poddisruptionbudget/web", message: "No pod may be evicted: 2 of 2 are needed.")
    entry.place = SourceLocation(file: "k8s/pdb.yaml", line: 1, column: 1)
    entry.template = "shop/templates/pdb.yaml"
    entry.at = .seconds(60)
    entry.moments = [.init(.seconds(60), "the eviction of web-1 is refused")]
    return entry
  }

  static func note(_ object: String, _ part: String, _ condition: String) -> Entry {
    Entry(
      id: "bound", title: "a bound", severity: .note, standing: .new, object: object, part: part,
      message: "It bears so much.", condition: condition)
  }

  static func entry(
    _ id: String, _ severity: FindingsRecord.Severity, _ standing: FindingsRecord.Standing,
    _ object: String, accepted: String? = nil
  ) -> Entry {
    var entry = Entry(
      id: id, title: "\(id) in words", severity: severity, standing: standing, object: object,
      message: "What \(object) does.")
    entry.accepted = accepted
    return entry
  }

  static var change: FindingsRecord {
    FindingsRecord(
      base: "origin/main",
      entries: [
        probe, drain,
        entry("request-cut", .warning, .new, "deployment/api", accepted: "clients retry"),
        entry("one-zone", .note, .wasSoBefore, "deployment/web"),
        entry("one-zone", .note, .wasSoBefore, "deployment/api"),
        entry("no-budget", .warning, .wasSoBefore, "deployment/api"),
        entry("oom-on-start", .error, .gone, "deployment/worker"),
      ], workloads: 4)
  }

  /// The manifests as they are.
  static var alone: FindingsRecord {
    FindingsRecord(
      base: nil,
      entries: [
        entry("drain-blocked", .error, .new, "deployment/web"),
        note("deployment/web", "app", "memory over 128Mi"),
        note("deployment/web", "app", "start-up longer than 3 min"),
        note("deployment/web", "app", "start-up longer than 22 s"),
        note("deployment/web", "log", "CPU use over 500m"),
        note("statefulset/db", "db", "no answer to probes for longer than 2.5 s"),
        note("statefulset/db", "db", "memory over 1Gi"),
        note("statefulset/db", "db", "requests longer than 30 s"),
      ], workloads: 2)
  }

  static let hostileText = "<script>|`*_[x](y) ```\u{1B}[31m\r\n| & \"'</details> --> ]]>\u{0}"

  /// Text from outside everywhere.
  static var hostile: FindingsRecord {
    let text = hostileText
    var entries: [Entry] = []
    for standing in FindingsRecord.Standing.allCases {
      for accepted in [nil, text] {
        var entry = Entry(
          id: text, title: text, severity: .error, standing: standing, object: text, part: text,
          message: text, condition: text)
        entry.place = SourceLocation(file: text, line: 3, column: 2)
        entry.template = text
        entry.before = text + "!"
        entry.figures = [.init(text, text)]
        entry.moments = [.init(.seconds(1), text), .init(.seconds(2), text)]
        entry.suggestion = .init(title: text, object: text, place: entry.place, patch: text)
        entry.accepted = accepted
        entries.append(entry)
      }
    }
    return FindingsRecord(base: text, entries: entries, workloads: 1)
  }

  static func many(_ count: Int) -> FindingsRecord {
    let entries = (0..<count).map { index in
      var entry = index % 3 == 0 ? drain : probe
      entry.object = "deployment/web-\(index)"
      entry.severity = FindingsRecord.Severity.allCases[index % 3]
      return entry
    }
    let others = (0..<count).map { index in
      entry(
        "rule-\(index % 20)", .warning, index % 2 == 0 ? .wasSoBefore : .better,
        "deployment/web-\(index)")
    }
    return FindingsRecord(base: "origin/main", entries: entries + others, workloads: count)
  }
}
