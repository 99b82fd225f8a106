import Chaos
import ClusterAPI
import Control
import Kernel
import Manifests
import Units
import Verdict
import World
import YAML

/// The keys of a scenario file: decoding, diagnostics, JSON Schema and reference come from here.
enum ScenarioTable {
  static func document(_ source: ScenarioSource) -> Table<ScenarioDraft> {
    Table {
      $0.key(
        "apiVersion", \.apiVersion, .word(of: ["wavetank.dev/v1"]), required: true,
        "always wavetank.dev/v1")
      $0.key("kind", \.kind, .word(of: ["Scenario"]), required: true, "always Scenario")
      $0.inside(
        "metadata", required: true, documentation: "what the scenario is called",
        Table {
          $0.key("name", \.scenario.name, .string, required: true, "unique in a suite")
          $0.key("description", \.scenario.description, .string, "one sentence")
          $0.key(
            "reference", \.scenario.reference, .string, "the incident or document it comes from")
        })
      $0.inside(
        "spec", required: true, documentation: "what is there, what happens, what is expected",
        spec(source))
    }
  }

  private static func spec(_ source: ScenarioSource) -> Table<ScenarioDraft> {
    Table {
      $0.key("seeds", \.scenario.seeds, seeds, "a number of seeds, or a list of them; default 5")
      $0.key(
        "warmUp", \.scenario.warmUp, .positiveSpan,
        "time for the cluster to come up before the scenario's clock and its load start; default 2m"
      )
      $0.key("duration", \.scenario.duration, .positiveSpan, required: true, "length of a run")
      $0.inside(
        "cluster", documentation: "the nodes",
        Table {
          $0.key(
            "nodePools", \.scenario.nodePools,
            Codec<[Scenario.NodePool]>.list(
              of: .object(Scenario.NodePool(), NodePoolTable.table)
            ).notEmpty("node pool", such: "{name: general, count: 3, machine: ...}"),
            "groups of nodes that are alike; default 3 nodes of 4 cores and 16 GiB")
          $0.key(
            "pullBandwidth", \.scenario.pullBandwidth, .positiveBytes,
            "of images, that a node pulls in a second; default 60Mi")
          $0.key(
            "delays", \.scenario.delays,
            Codec<String>.word(of: Scenario.Delays.allCases.map(\.rawValue)).map { word, _, _ in
              Scenario.Delays(rawValue: word)
            }, "of the control plane: Kubernetes' own, or as recorded (docs/fidelity.md)")
          $0.key(
            "featureGates", \.scenario.featureGates,
            .list(of: .word(of: Scenario.knownGates)), "features that are off by default in 1.36")
        })
      $0.custom(
        "manifests", required: true,
        documentation:
          "files or folders of manifests, relative to this file, or documents in place",
        shape: ManifestsCodec.objects(source).shape
      ) { draft, node, reading in
        let errors = reading.errorCount
        draft.scenario.objects = ManifestsCodec.objects(source).read(node, &reading) ?? []
        draft.hasAllObjects = reading.errorCount == errors
        draft.rules += AlertTable.rules(amongManifests: node, source, &reading)
        draft.analyses = GuardAnalysisTable.set(amongManifests: node, source)
        draft.adapter.amongManifests = AdapterTable.rules(amongManifests: node, source, &reading)
      }
      $0.custom(
        "rules",
        documentation:
          "files of recording and alerting rules, or of PrometheusRules, which replace those "
          + "of the same name among the manifests",
        shape: AlertTable.rules(source).shape
      ) { draft, node, reading in
        draft.rules = AlertTable.merged(
          amongManifests: draft.rules, named: AlertTable.rules(source).read(node, &reading) ?? [])
      }
      $0.key(
        "images", \.scenario.images, .list(of: .object(ImageProfile(match: "*"), ImageTable.table)),
        "what manifests cannot say of images; the first profile that matches applies")
      $0.key(
        "load", \.loads,
        .list(of: .object(LoadTable.Draft(), LoadTable.table(open(source)))),
        "who calls which Service, how often")
      $0.key(
        "metrics", \.metrics, .list(of: .object(MetricTable.Draft(), MetricTable.table)),
        "what autoscalers read instead of what the pods use; the first that fits applies")
      $0.key(
        "adapter", \.adapter.named, AdapterTable.rules(source),
        "files of prometheus-adapter's configuration, or values of its chart; default: its ConfigMap "
          + "among the manifests, or the chart's own rules")
      $0.key(
        "scrapeInterval", \.scenario.scrapeInterval, scrapeInterval,
        "how often Prometheus looks at each target, from 1s to 24h; default 15s")
      $0.key(
        "change", \.changes, ChangeTable.codec(source),
        "what the user does; a list where it is more than one thing, the first is judged")
      $0.key(
        "judged", \.scenario.judged, JudgedTable.codec,
        "workloads whose rollout is judged; default: all that are changed")
      $0.key("faults", \.scenario.faults, .list(of: FaultTable.fault), "what goes wrong")
      $0.key(
        "guards", \.scenario.guards, .list(of: GuardTable.rule),
        "rollback guards that watch rolling updates")
      $0.nested(
        "expect", \.scenario.expect, required: true,
        documentation: "what must be true of each run", ExpectTable.table)
    }
  }

  /// Pods count their requests in whole seconds.
  private static let scrapeInterval = Codec<Span>.positiveSpan.map { interval, node, reading in
    if interval >= .seconds(1), interval <= .minutes(24 * 60) { return interval }
    reading.report(
      .error, at: node, "targets are scraped every 1s to 24h", remedy: "write such as 15s")
    return nil
  }

  private static let seeds = Codec<[UInt64]>(
    shape: .either([
      .integer(minimum: 1, maximum: 100_000), .list(.integer(minimum: 0, maximum: nil)),
    ])
  ) { node, reading in
    if let nodes = node.sequence {
      guard
        let seeds = Codec<[Int]>.list(of: .count).notEmpty("seed", such: "5").read(node, &reading)
      else { return nil }
      var known: Set<Int> = []
      // Elements that cannot be read are left out of the list, and reported already.
      for (index, seed) in seeds.enumerated()
      where seeds.count == nodes.count && !known.insert(seed).inserted {
        reading.at(.index(index)) {
          $0.report(
            .error, at: nodes[index], "the seed \(seed) stands in the list already",
            remedy: "remove it: the same seed gives the same run")
        }
      }
      return seeds.map(UInt64.init)
    }
    return Codec<Int>.integer(in: 1...100_000).read(node, &reading).map { Array(1...UInt64($0)) }
  }

  private static func open(_ source: ScenarioSource) -> ScenarioReader.Open {
    { path, node, reading in
      if let file = try? source.load(path).first { return file.bytes }
      reading.report(
        .error, at: node, "cannot read `\(path)`", remedy: "write a path relative to this file")
      return nil
    }
  }
}

/// `cluster.nodePools`
enum NodePoolTable {
  static let table = Table<Scenario.NodePool> {
    $0.key("name", \.name, .string, required: true, "its nodes are name-0, name-1, ...")
    $0.key("count", \.count, .integer(in: 1...100_000), required: true, "number of nodes")
    $0.key("zones", \.zones, .strings, "nodes are spread over them in turn")
    $0.key("labels", \.labels, .labels, "of each node")
    $0.key(
      "taints", \.taints,
      .list(
        of: .object(
          Taint(key: "", effect: .noSchedule),
          Table {
            $0.key("key", \.key, .string, required: true, "of the taint")
            $0.key("value", \.value, .string, "of the taint")
            $0.key(
              "effect", \.effect,
              Codec<String>.word(of: ["NoSchedule", "PreferNoSchedule", "NoExecute"]).map {
                word, _, _ in TaintEffect(word)
              }, required: true, "what it does to pods that do not tolerate it")
          })), "of each node")
    $0.inside(
      "machine", required: true, documentation: "of each node",
      Table {
        $0.custom(
          "cpu", required: true, documentation: "cores that pods can have",
          shape: Codec<Quantity>.quantity.shape
        ) { pool, node, reading in
          Codec.amount.read(node, &reading).map { pool.allocatable["cpu"] = $0 }
        }
        $0.custom(
          "memory", required: true, documentation: "memory that pods can have",
          shape: Codec<Bytes>.bytes.shape
        ) { pool, node, reading in
          Codec<Bytes>.positiveBytes.read(node, &reading).map {
            pool.allocatable["memory"] = Quantity($0.count)
          }
        }
        $0.custom(
          "pods", documentation: "greatest number of pods",
          shape: Codec<Quantity>.quantity.shape
        ) { pool, node, reading in
          Codec.amount.read(node, &reading).map { pool.allocatable["pods"] = $0 }
        }
        $0.custom(
          "ephemeralStorage", documentation: "local disk that pods can have; default 100Gi",
          shape: Codec<Bytes>.bytes.shape
        ) { pool, node, reading in
          Codec<Bytes>.positiveBytes.read(node, &reading).map {
            pool.allocatable["ephemeral-storage"] = Quantity($0.count)
          }
        }
        $0.inside(
          "gpu", documentation: "GPUs of each node",
          Table {
            $0.custom(
              "product", documentation: "the label `nvidia.com/gpu.product`", shape: .string
            ) { pool, node, reading in
              Codec.string.read(node, &reading).map { pool.labels["nvidia.com/gpu.product"] = $0 }
            }
            $0.custom(
              "count", required: true, documentation: "devices",
              shape: Codec<Quantity>.quantity.shape
            ) { pool, node, reading in
              Codec.amount.read(node, &reading).map { pool.allocatable["nvidia.com/gpu"] = $0 }
            }
            $0.custom(
              "memory", documentation: "of each device: the label `nvidia.com/gpu.memory`, in MiB",
              shape: Codec<Bytes>.bytes.shape
            ) { pool, node, reading in
              Codec<Bytes>.positiveBytes.read(node, &reading).map {
                pool.labels["nvidia.com/gpu.memory"] = String($0.count >> 20)
              }
            }
          })
      })
  }
}

/// `images`
enum ImageTable {
  static let table = Table<ImageProfile> {
    $0.key("match", \.match, .string, required: true, "image name; `*` stands for any characters")
    $0.key("size", \.size, .bytes, "of the image; default 200Mi")
    $0.key(
      "startup", \.startup, .distribution,
      "from the start of the container until it can be ready; default 2s")
    $0.key(
      "serviceTime", \.serviceTime, .positiveDistribution, "work of one request; default 10ms")
    $0.key("concurrency", \.concurrency, .integer(in: 1...65_535), "requests served side by side")
    $0.key("queueLimit", \.queueLimit, .integer(in: 0...65_535), "further ones are refused (503)")
    $0.key("errors", \.errors, .share, "share of requests answered with 500")
    $0.key("cpuPerRequest", \.cpuPerRequest, .span, "CPU time of one request; default 2ms")
    $0.inside(
      "memory", documentation: "what the process holds",
      Table {
        $0.key("base", \.memory.base, .bytes, "of the idle process; default 64Mi")
        $0.key("perRequest", \.memory.perRequestInFlight, .bytes, "while it is served or waits")
        $0.key("leakPerRequest", \.memory.leakPerRequest, .bytes, "lost with each request served")
        $0.key(
          "gpu", \.memory.gpu, .bytes, "of each GPU that the pod has; default: nothing is known")
      })
    $0.key("drainsOnTerm", \.drainsOnTerm, .boolean, "serves what it has accepted after TERM")
    $0.key("shutdown", \.shutdown, .span, "from TERM to the exit of an idle process")
    $0.key("neverReady", \.neverReady, .boolean, "runs, but is never ready")
    $0.key("crashAfterReady", \.crashAfterReady, .distribution, "exits so long after it is ready")
    $0.key("crashAfterStart", \.crashAfterStart, .distribution, "exits so long after its start")
    $0.key("pullable", \.pullable, .boolean, "whether the registry has it; default true")
    $0.nested(
      "metrics", \.metrics, documentation: "what its processes show of themselves",
      ImageMetricsTable.table)
  }
}
