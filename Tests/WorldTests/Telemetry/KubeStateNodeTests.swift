import ClusterAPI
import Testing
import World

/// What is exposed of nodes.
@Suite struct KubeStateNodeTests {
  typealias Samples = KubeStateSamples

  @Test func ofANode() {
    #expect(
      Samples.text(KubeState.expose(Samples.node)) == """
        kube_node_created{node="node-1"} 50
        kube_node_info{container_runtime_version="containerd://2.2.0", internal_ip="10.0.0.1", kernel_version="6.12.0", kubelet_version="v1.36.0", kubeproxy_version="deprecated", node="node-1", os_image="Simulated Linux", pod_cidr="10.244.0.0/24"} 1
        kube_node_role{node="node-1", role="control-plane"} 1
        kube_node_spec_taint{effect="NoSchedule", key="dedicated", node="node-1", value="db"} 1
        kube_node_spec_unschedulable{node="node-1"} 1
        kube_node_status_addresses{address="10.0.0.1", node="node-1", type="InternalIP"} 1
        kube_node_status_allocatable{node="node-1", resource="cpu", unit="core"} 3.92
        kube_node_status_allocatable{node="node-1", resource="example_com_fpga", unit="integer"} 2
        kube_node_status_allocatable{node="node-1", resource="memory", unit="byte"} 8589934592
        kube_node_status_allocatable{node="node-1", resource="pods", unit="integer"} 110
        kube_node_status_capacity{node="node-1", resource="cpu", unit="core"} 3.92
        kube_node_status_capacity{node="node-1", resource="example_com_fpga", unit="integer"} 2
        kube_node_status_capacity{node="node-1", resource="memory", unit="byte"} 8589934592
        kube_node_status_capacity{node="node-1", resource="pods", unit="integer"} 110
        kube_node_status_condition{condition="DiskPressure", node="node-1", status="false"} 1
        kube_node_status_condition{condition="DiskPressure", node="node-1", status="true"} 0
        kube_node_status_condition{condition="DiskPressure", node="node-1", status="unknown"} 0
        kube_node_status_condition{condition="MemoryPressure", node="node-1", status="false"} 1
        kube_node_status_condition{condition="MemoryPressure", node="node-1", status="true"} 0
        kube_node_status_condition{condition="MemoryPressure", node="node-1", status="unknown"} 0
        kube_node_status_condition{condition="PIDPressure", node="node-1", status="false"} 1
        kube_node_status_condition{condition="PIDPressure", node="node-1", status="true"} 0
        kube_node_status_condition{condition="PIDPressure", node="node-1", status="unknown"} 0
        kube_node_status_condition{condition="Ready", node="node-1", status="false"} 0
        kube_node_status_condition{condition="Ready", node="node-1", status="true"} 1
        kube_node_status_condition{condition="Ready", node="node-1", status="unknown"} 0
        """)
  }

  /// The node lifecycle controller sets all conditions of a silent node to Unknown.
  @Test(arguments: [
    (Condition.Status.yes, Condition.Status.no), (.no, .no), (.unknown, .unknown),
  ])
  func conditionsOfASilentNodeAreUnknown(ready: Condition.Status, pressure: Condition.Status) {
    let node = NodeState(NodeView(NodeSpec(name: "n", allocatable: [:]), ready: ready))
    #expect(node.conditions["Ready"] == ready)
    #expect(node.conditions["MemoryPressure"] == pressure)
    #expect(node.conditions.count == 4)
  }

  @Test func ofAKubelet() {
    var state = KubeletMetrics.State(node: "node-1")
    state.runningPods = 3
    state.created = 1
    state.running = 4
    state.exited = 2
    #expect(
      Samples.text(KubeletMetrics.expose(state)) == """
        kubelet_node_name{node="node-1"} 1
        kubelet_running_containers{container_state="created"} 1
        kubelet_running_containers{container_state="exited"} 2
        kubelet_running_containers{container_state="running"} 4
        kubelet_running_pods 3
        """)
  }
}
