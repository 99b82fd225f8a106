import ClusterAPI
import PromQL
import Testing
import World

/// What is exposed of pods and their containers.
@Suite struct KubeStatePodTests {
  typealias Samples = KubeStateSamples

  /// Without the labels that name the pod.
  private func text(_ pod: PodState) -> String {
    Samples.text(KubeState.expose(pod), without: ["namespace", "pod", "uid"])
  }

  @Test func eachSeriesNamesThePod() {
    for series in KubeState.expose(Samples.pod).series {
      #expect(series.labels["namespace"] == "shop", "\(series.labels)")
      #expect(series.labels["pod"] == "web-0", "\(series.labels)")
      #expect(series.labels["uid"] == "u1", "\(series.labels)")
    }
  }

  @Test func ofARunningPod() {
    #expect(
      text(Samples.pod) == """
        kube_pod_container_info{container="main", image="web:v1", image_spec="web:v1"} 1
        kube_pod_container_resource_limits{container="main", node="node-1", resource="memory", unit="byte"} 1073741824
        kube_pod_container_resource_requests{container="main", node="node-1", resource="cpu", unit="core"} 0.25
        kube_pod_container_resource_requests{container="main", node="node-1", resource="memory", unit="byte"} 1073741824
        kube_pod_container_resource_requests{container="main", node="node-1", resource="nvidia_com_gpu", unit="integer"} 1
        kube_pod_container_state_started{container="main"} 130
        kube_pod_container_status_last_terminated_exitcode{container="main"} 137
        kube_pod_container_status_last_terminated_reason{container="main", reason="OOMKilled"} 1
        kube_pod_container_status_last_terminated_timestamp{container="main"} 128
        kube_pod_container_status_ready{container="main"} 1
        kube_pod_container_status_restarts_total{container="main"} 2
        kube_pod_container_status_running{container="main"} 1
        kube_pod_container_status_terminated{container="main"} 0
        kube_pod_container_status_waiting{container="main"} 0
        kube_pod_created 100
        kube_pod_deletion_timestamp 190
        kube_pod_info{created_by_kind="ReplicaSet", created_by_name="web-7d9c5b6f4", host_ip="10.0.0.1", host_network="false", node="node-1", pod_ip="10.244.0.7", priority_class="high"} 1
        kube_pod_init_container_info{container="proxy", image="proxy:v2", image_spec="proxy:v2", restart_policy="Always"} 1
        kube_pod_init_container_resource_limits{container="proxy", node="node-1", resource="hugepages_2Mi", unit="byte"} 2097152
        kube_pod_init_container_resource_requests{container="proxy", node="node-1", resource="ephemeral_storage", unit="byte"} 4096
        kube_pod_init_container_resource_requests{container="proxy", node="node-1", resource="hugepages_2Mi", unit="byte"} 2097152
        kube_pod_init_container_status_last_terminated_reason{container="proxy", reason="Error"} 1
        kube_pod_init_container_status_ready{container="proxy"} 1
        kube_pod_init_container_status_restarts_total{container="proxy"} 0
        kube_pod_init_container_status_running{container="proxy"} 1
        kube_pod_init_container_status_terminated{container="proxy"} 0
        kube_pod_init_container_status_waiting{container="proxy"} 0
        kube_pod_ips{ip="10.244.0.7", ip_family="4"} 1
        kube_pod_overhead_cpu_cores 0.05
        kube_pod_overhead_memory_bytes 1048576
        kube_pod_owner{owner_is_controller="true", owner_kind="ReplicaSet", owner_name="web-7d9c5b6f4"} 1
        kube_pod_restart_policy{type="Always"} 1
        kube_pod_scheduler{name="default-scheduler"} 1
        kube_pod_service_account{service_account="default"} 1
        kube_pod_spec_volumes_persistentvolumeclaims_info{persistentvolumeclaim="data-web-0", volume="data"} 1
        kube_pod_spec_volumes_persistentvolumeclaims_readonly{persistentvolumeclaim="data-web-0", volume="data"} 1
        kube_pod_start_time 120
        kube_pod_status_container_ready_time 135
        kube_pod_status_initialized_time 122
        kube_pod_status_phase{phase="Failed"} 0
        kube_pod_status_phase{phase="Pending"} 0
        kube_pod_status_phase{phase="Running"} 1
        kube_pod_status_phase{phase="Succeeded"} 0
        kube_pod_status_phase{phase="Unknown"} 0
        kube_pod_status_qos_class{qos_class="BestEffort"} 0
        kube_pod_status_qos_class{qos_class="Burstable"} 1
        kube_pod_status_qos_class{qos_class="Guaranteed"} 0
        kube_pod_status_ready_time 140
        kube_pod_status_ready{condition="false"} 0
        kube_pod_status_ready{condition="true"} 1
        kube_pod_status_ready{condition="unknown"} 0
        kube_pod_status_reason{reason="Evicted"} 0
        kube_pod_status_reason{reason="NodeAffinity"} 0
        kube_pod_status_reason{reason="NodeLost"} 0
        kube_pod_status_reason{reason="PreemptionByScheduler"} 0
        kube_pod_status_reason{reason="SchedulingGated"} 0
        kube_pod_status_reason{reason="Shutdown"} 0
        kube_pod_status_reason{reason="TerminationByKubelet"} 0
        kube_pod_status_reason{reason="UnexpectedAdmissionError"} 0
        kube_pod_status_scheduled_time 110
        kube_pod_status_scheduled{condition="false"} 0
        kube_pod_status_scheduled{condition="true"} 1
        kube_pod_status_scheduled{condition="unknown"} 0
        kube_pod_tolerations{effect="NoExecute", key="gpu", operator="Exists", toleration_seconds="30"} 1
        """)
  }

  /// Before the scheduler and the kubelet have done anything, there is what the spec says.
  @Test func ofANewPod() {
    let pod = PodState(namespace: "shop", name: "web-0", uid: "u1", spec: Samples.template.spec)
    let names = KubeState.expose(pod).series.map(\.labels.name)
    #expect(names.count(where: { $0 == "kube_pod_status_phase" }) == 5)
    #expect(text(pod).contains("kube_pod_status_phase{phase=\"Pending\"} 1"))
    #expect(text(pod).contains("kube_pod_status_qos_class{qos_class=\"BestEffort\"} 1"))
    for name in names {
      #expect(!name.contains("container"), "\(name)")
      #expect(!name.hasPrefix("kube_pod_status_ready"), "\(name)")
      #expect(!name.hasPrefix("kube_pod_status_scheduled"), "\(name)")
      #expect(!name.hasSuffix("_time"), "\(name)")
    }
  }

  @Test func ofContainersThatDoNotRun() {
    let lines = text(Samples.otherPod).split(separator: "\n").filter {
      $0.contains("container_status") && !$0.hasSuffix(" 0") || $0.contains("started")
    }
    #expect(
      lines.joined(separator: "\n") == """
        kube_pod_container_state_started{container="side"} 130
        kube_pod_container_status_terminated_reason{container="side", reason="Evicted"} 1
        kube_pod_container_status_terminated{container="side"} 1
        kube_pod_container_status_waiting_reason{container="main", reason="CrashLoopBackOff"} 1
        kube_pod_container_status_waiting{container="main"} 1
        kube_pod_init_container_status_terminated_reason{container="proxy", reason="Completed"} 1
        kube_pod_init_container_status_terminated{container="proxy"} 1
        kube_pod_init_container_status_waiting_reason{container="setup", reason="PodInitializing"} 1
        kube_pod_init_container_status_waiting{container="setup"} 1
        """)
  }

  @Test func ofAPodThatNoNodeTakes() {
    let text = text(Samples.otherPod)
    #expect(text.contains("kube_pod_status_scheduled{condition=\"false\"} 1"))
    #expect(text.contains("kube_pod_status_unschedulable 1"))
    #expect(text.contains("kube_pod_status_unscheduled_time 105"))
    #expect(!text.contains("kube_pod_status_scheduled_time"))
    #expect(text.contains("kube_pod_completion_time 150"))
    #expect(text.contains("kube_pod_owner 1"))
  }

  /// A reason may be one of the pod, of its conditions, or of a container that has ended.
  @Test func reasonsOfAPod() {
    func holding(_ change: (inout PodState) -> Void) -> [String] {
      var pod = Samples.pod
      change(&pod)
      return KubeState.expose(pod).series.filter {
        $0.labels.name == "kube_pod_status_reason" && $0.value == 1
      }.map { $0.labels["reason"] }
    }
    #expect(holding { _ in } == [])
    #expect(holding { $0.reason = "NodeLost" } == ["NodeLost"])
    #expect(
      holding { $0.conditionReasons = ["PreemptionByScheduler", "PodCompleted"] }
        == ["PreemptionByScheduler"])
    let end = PodState.Termination(reason: "Evicted", exitCode: 137)
    #expect(holding { $0.containers[1].state = .terminated(end) } == ["Evicted"])
    #expect(holding { $0.containers[0].state = .terminated(end) } == [])
  }
}
