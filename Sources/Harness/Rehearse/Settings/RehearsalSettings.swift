public import ClusterAPI
public import Manifests
import Units
public import World
import YAML

/// What `wavetank.yaml` beside the manifests says: what manifests cannot tell, and what is accepted.
public struct RehearsalSettings: Sendable {
  /// The file's name.
  public static let fileName = "wavetank.yaml"

  /// A finding that the team knows of and lives with.
  public struct Acceptance: Hashable, Sendable {
    /// Of the finding.
    public var id = ""
    /// As `deployment/web`; nil: every object.
    public var object: String?
    public var reason = ""
  }

  /// Requests to a Service.
  public struct Load: Hashable, Sendable {
    public var service = ""
    public var namespace = "default"
    /// In a second.
    public var rate = 0
  }

  public var images: [ImageProfile] = []
  public var loads: [Load] = []
  /// Empty: inferred from what the manifests ask for.
  public var nodePools: [Scenario.NodePool] = []
  public var accepted: [Acceptance] = []
  /// As they stand in the file, for scenarios that are made from them.
  var imageDocuments: [DocumentValue] = []
  var nodePoolDocuments: [DocumentValue] = []
  var apiVersion = ""
  var kind = ""

  public init() {}

  /// What reading the file gave.
  public struct Result: Sendable {
    /// nil where there is an error.
    public var settings: RehearsalSettings?
    public var diagnostics: [Diagnostic]
  }

  public static func read(name: String, bytes: [UInt8]) -> Result {
    var reading = Reading(file: name)
    reading.isStrict = true
    var settings = RehearsalSettings()
    if let root = reading.document(bytes, orSay: "write one document") {
      reading.read(root, into: &settings, by: RehearsalSettingsTable.document)
      settings.imageDocuments = elements(root["images"])
      settings.nodePoolDocuments = elements(root["nodePools"])
    }
    let isWrong = reading.diagnostics.contains { $0.severity == .error }
    return Result(settings: isWrong ? nil : settings, diagnostics: reading.diagnostics)
  }

  private static func elements(_ node: YAMLNode?) -> [DocumentValue] {
    guard case .list(let elements)? = node?.documentValue else { return [] }
    return elements
  }

  /// Why a finding is accepted; nil: it is not.
  public func acceptance(of id: String, object: String) -> String? {
    accepted.first { $0.id == id && ($0.object == nil || $0.object == object) }?.reason
  }

  /// Requests per second to the Services of a workload; nil where nothing is said.
  public func rate(_ services: [ObjectKey]) -> Int? {
    let known = loads.filter { load in
      services.contains { $0.name == load.service && $0.namespace == load.namespace }
    }
    return known.isEmpty ? nil : known.reduce(0) { $0 + $1.rate }
  }
}
