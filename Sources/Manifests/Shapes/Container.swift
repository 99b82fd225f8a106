import ClusterAPI
import YAML

extension Shapes {
  static let container = Codec.object(Container(name: "", image: ""), containerTable) {
    container, _, _ in
    // A limit without a request is the request too (`SetDefaults_Pod`).
    for (resource, limit) in container.resources.limits
    where container.resources.requests[resource] == nil {
      container.resources.requests[resource] = limit
    }
  }

  static let resourceRequirements = Table<ResourceRequirements> {
    $0.field("requests", \.requests, .resources)
    $0.field("limits", \.limits, .resources)
    $0.kept("claims")
  }

  private static let containerTable = Table<Container> {
    $0.field("name", \.name, .string, required: true)
    $0.field("image", \.image, .string, required: true)
    $0.field("imagePullPolicy", \.imagePullPolicy, pullPolicy)
    $0.field("command", \.command, .strings)
    $0.field("args", \.arguments, .strings)
    $0.field("ports", \.ports, .list(of: containerPort))
    $0.field("env", \.environment, .list(of: environmentVariable))
    $0.field("envFrom", \.environmentFrom, .list(of: environmentSource))
    $0.nested("resources", \.resources, resourceRequirements)
    $0.field("startupProbe", \.startupProbe, probe)
    $0.field("livenessProbe", \.livenessProbe, probe)
    $0.field("readinessProbe", \.readinessProbe, probe)
    $0.inside(
      "lifecycle",
      Table {
        $0.field("preStop", \.preStop, lifecycleHandler)
        $0.field("postStart", \.postStart, lifecycleHandler)
        $0.kept("stopSignal")
      })
    $0.field("restartPolicy", \.restartPolicy, .word(of: ["Always", "Never", "OnFailure"]))
    $0.kept(
      "resizePolicy", "restartPolicyRules", "securityContext", "stdin", "stdinOnce",
      "terminationMessagePath", "terminationMessagePolicy", "tty", "volumeDevices", "workingDir")
    $0.field("volumeMounts", \.volumeMounts, .list(of: volumeMount))
    $0.check { container, node, reading in reading.checkResources(container, node["resources"]) }
  }

  private static let pullPolicy = Codec<String>.word(of: ["Always", "IfNotPresent", "Never"]).map {
    word, _, _ in Container.PullPolicy(rawValue: word)
  }

  private static let containerPort = Codec.object(
    ContainerPort(containerPort: 0),
    Table {
      $0.field("name", \.name, .string)
      $0.field("containerPort", \.containerPort, .port, required: true)
      $0.field("hostPort", \.hostPort, .port)
      $0.field("protocol", \.networkProtocol, .word(of: ["TCP", "UDP", "SCTP"]))
      $0.kept("hostIP")
    })

  private static let volumeMount = Codec.object(
    VolumeMount(name: "", path: ""),
    Table {
      $0.field("name", \.name, .string, required: true)
      $0.field("mountPath", \.path, .string, required: true)
      $0.kept("mountPropagation", "readOnly", "recursiveReadOnly", "subPath", "subPathExpr")
    })

  private static let environmentVariable = Codec.object(
    EnvironmentVariable(name: "", source: .value("")),
    Table {
      $0.field("name", \.name, .string, required: true)
      $0.field("value", \.source, Codec<String>.string.map { text, _, _ in .value(text) })
      $0.field("valueFrom", \.source, valueSource)
    })

  private static let valueSource = Codec.object(
    EnvironmentVariable.Source.value(""),
    Table {
      $0.field(
        "configMapKeyRef", \.self,
        keyReference.map { .configMapKey(name: $0.name, key: $0.key, optional: $0.optional) })
      $0.field(
        "secretKeyRef", \.self,
        keyReference.map { .secretKey(name: $0.name, key: $0.key, optional: $0.optional) })
      $0.field("fieldRef", \.self, fieldReference)
      $0.field("resourceFieldRef", \.self, resourceReference)
      $0.kept("fileKeyRef")
    })

  private struct KeyReference: Sendable {
    var name = ""
    var key = ""
    var optional = false
  }

  private static let keyReference = Codec.object(
    KeyReference(),
    Table {
      $0.field("name", \.name, .string, required: true)
      $0.field("key", \.key, .string, required: true)
      $0.field("optional", \.optional, .boolean)
    })

  private static let fieldReference = Codec.object(
    KeyReference(),
    Table {
      $0.field("fieldPath", \.key, .string, required: true)
      $0.kept("apiVersion")
    }
  ).map { EnvironmentVariable.Source.field(path: $0.key) }

  private static let resourceReference = Codec.object(
    KeyReference(),
    Table {
      $0.field("containerName", \.name, .string)
      $0.field("resource", \.key, .string, required: true)
      $0.kept("divisor")
    }
  ).map { EnvironmentVariable.Source.resource(container: $0.name, resource: $0.key) }

  private static let environmentSource = Codec.object(
    LocalReference(kind: .configMap, name: ""),
    Table {
      $0.field("configMapRef", \.self, localReference(.configMap))
      $0.field("secretRef", \.self, localReference(.secret))
      $0.kept("prefix")
    })

  static func localReference(_ kind: Kind, nameKey: String = "name") -> Codec<LocalReference> {
    .object(
      LocalReference(kind: kind, name: ""),
      Table {
        $0.field(nameKey, \.name, .string, required: true)
        $0.field("optional", \.optional, .boolean)
        if nameKey != "name" || kind == .configMap { $0.kept("defaultMode", "items") }
      })
  }
}
