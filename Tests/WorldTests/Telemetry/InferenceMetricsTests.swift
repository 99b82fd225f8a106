import ClusterAPI
import Kernel
import PromQL
import Testing
import Units

@testable import World

/// vLLM and the GPUs under it.
@Suite struct InferenceMetricsTests {
  /// One server of two places for requests of four seconds; one of three GPUs is left over.
  private func rig() -> TelemetryRig {
    var rig = TelemetryRig()
    rig.replicas = 1
    rig.options.nodes[0].allocatable["nvidia.com/gpu"] = Quantity(3)
    rig.options.nodes[0].labels = [
      "nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3", "nvidia.com/gpu.memory": "81559",
    ]
    rig.container.image = "vllm/vllm-openai:v0.10.0"
    rig.container.arguments = ["--model", "meta-llama/Llama-3.1-8B"]
    rig.container.resources.limits = ["nvidia.com/gpu": Quantity(2)]
    rig.container.resources.requests = ["nvidia.com/gpu": Quantity(2)]
    var profile = ImageProfile(match: "vllm/*")
    profile.concurrency = 2
    profile.serviceTime = .constant(.seconds(4))
    profile.memory.gpu = .mebi(70_000)
    profile.metrics.firstToken = Ratio(ppm: 100_000)
    rig.options.profiles = [profile]
    rig.rate = 2
    rig.timeout = .seconds(600)
    return rig
  }

  @Test func queueAndBatchAreThoseOfTheServer() throws {
    let store = rig().store(until: 60)
    let running = try #require(store.all("vllm:num_requests_running").first)
    #expect(running.labels["model_name"] == "meta-llama/Llama-3.1-8B")
    #expect(running.labels["engine"] == "0")
    #expect(running.values.first == 0)
    #expect(running.values.max() == 2)
    // Two requests come in a second, and one is done in two.
    #expect(try #require(store.all("vllm:num_requests_waiting").first?.values.max()) >= 4)
    #expect(store.all("vllm:kv_cache_usage_perc").first?.values.max() == 1)
    #expect(
      store.all("vllm:gpu_cache_usage_perc").first?.values
        == store.all("vllm:kv_cache_usage_perc").first?.values)
    let done = store.total("vllm:request_success_total", ["finished_reason": "stop"])
    #expect(done > 5)
    #expect(store.total("vllm:request_success_total", ["finished_reason": "abort"]) == 0)
    #expect(store.total("vllm:e2e_request_latency_seconds_count") == done)
    let wait = store.total("vllm:request_queue_time_seconds_sum") / done
    let whole = store.total("vllm:e2e_request_latency_seconds_sum") / done
    let first = store.total("vllm:time_to_first_token_seconds_sum") / done
    #expect(abs(whole - wait - 4) < 1e-6)
    #expect(abs(first - wait - 0.4) < 1e-6)
    #expect(wait > 5)
  }

  @Test func whoGivesUpIsAborted() {
    var rig = rig()
    rig.timeout = .seconds(5)
    let store = rig.store(until: 60)
    #expect(store.total("vllm:request_success_total", ["finished_reason": "abort"]) > 20)
  }

  @Test func theFirstTokenIsShownWhereTheProfileSaysWhenItComes() {
    var rig = rig()
    rig.options.profiles[0].metrics.firstToken = nil
    #expect(rig.store(until: 40).all("vllm:time_to_first_token_seconds_count").isEmpty)
    rig.options.profiles[0].metrics.vllm = false
    #expect(rig.store(until: 40).all("vllm:num_requests_running").isEmpty)
  }

  @Test func eachGPUIsShownWithItsHolder() throws {
    let store = rig().store(until: 60)
    let utilization = store.all("DCGM_FI_DEV_GPU_UTIL")
    let held = utilization.filter { !$0.labels["pod"].isEmpty }
    #expect(Set(held.map { $0.labels["gpu"] }) == ["0", "1"])
    for series in held {
      #expect(series.labels["Hostname"] == "n0")
      #expect(series.labels["container"] == "web")
      #expect(series.labels["device"] == "nvidia" + series.labels["gpu"])
      #expect(series.labels["modelName"] == "NVIDIA-H100-80GB-HBM3")
      #expect(series.values.first == 0)
      #expect(series.values.last == 100)
    }
    #expect(
      store.all("DCGM_FI_DEV_GPU_UTIL", ["gpu": "2"]).flatMap(\.values).allSatisfy { $0 == 0 })
    let ids = Set(utilization.map { $0.labels["UUID"] })
    #expect(ids.count == 3)
    for gpu in ["0", "1"] {
      let used = store.all("DCGM_FI_DEV_FB_USED", ["gpu": gpu]).filter { !$0.labels["pod"].isEmpty }
      #expect(used.first?.values.last == 70_000)
      let free = store.all("DCGM_FI_DEV_FB_FREE", ["gpu": gpu]).filter { !$0.labels["pod"].isEmpty }
      #expect(free.first?.values.last == 11_559)
    }
    #expect(store.all("DCGM_FI_DEV_FB_FREE", ["gpu": "2"]).first?.values.last == 81_559)
    #expect(store.total("DCGM_FI_DEV_XID_ERRORS") == 0)
  }

  /// The last code is shown under whoever holds the GPU, until the exporter begins anew.
  @Test func theLastErrorOfAGPUIsShown() throws {
    var rig = rig()
    let node = NodeSelection(name: "n0")
    rig.disturbances = [
      (40, .nodes(node, .gpu(0, xid: 79))), (80, .nodes(node, .crash)),
      (100, .nodesRecover(node, .crash)),
    ]
    let name = "DCGM_FI_DEV_XID_ERRORS"
    let store = rig.store(until: 150)
    let failed = try #require(
      store.all(name, ["gpu": "0"]).first { !$0.labels["pod"].isEmpty })
    #expect(failed.values.first == 0 && failed.values.last == 0)
    #expect(Set(failed.values) == [0, 79])
    #expect(store.all(name, ["gpu": "1"]).flatMap(\.values).allSatisfy { $0 == 0 })
    func amounts(_ name: String) -> Set<Double> {
      Set(store.all(name, ["resource": "nvidia_com_gpu"]).flatMap(\.values))
    }
    #expect(amounts("kube_node_status_capacity") == [3])
    #expect(amounts("kube_node_status_allocatable") == [2, 3])
    // The next holder of a GPU that failed sees the same code.
    rig.disturbances = [(40, .nodes(node, .gpu(0, xid: 31)))]
    rig.changes = [
      (60, .scale(ObjectKey(.deployment, namespace: "default", name: "web"), replicas: 0))
    ]
    let next = rig.store(until: 110)
    let free = try #require(next.all(name, ["gpu": "0"]).last { $0.labels["pod"].isEmpty })
    #expect(free.values.last == 31)
  }

  @Test func aGPUPassesFromHolderToHolder() throws {
    var rig = rig()
    rig.changes = [
      (40, .scale(ObjectKey(.deployment, namespace: "default", name: "web"), replicas: 0))
    ]
    let store = rig.store(until: 110)
    let first = store.all("DCGM_FI_DEV_XID_ERRORS", ["gpu": "0"])
    let held = try #require(first.first { !$0.labels["pod"].isEmpty })
    #expect(held.isEnded)
    let free = try #require(first.first { $0.labels["pod"].isEmpty })
    #expect(!free.isEnded)
    let (last, next) = (held.samples.times.last ?? 0, free.samples.times.last ?? 0)
    #expect(last > store.begin + 40_000)
    #expect(next > last)
  }

  @Test func theModelIsTheOneThatIsServed() {
    func model(_ words: [String]) -> String? {
      var container = Container(name: "vllm", image: "vllm/vllm-openai")
      container.command = words
      return VLLMMetrics.model(container)
    }
    #expect(model(["vllm", "serve", "a/b", "--port", "80"]) == "a/b")
    #expect(model(["vllm", "serve", "a/b", "--served-model-name", "c"]) == "c")
    #expect(model(["python", "-m", "vllm", "--model=a/b"]) == "a/b")
    #expect(model(["vllm", "serve", "--help"]) == nil)
    #expect(model([]) == nil)
  }
}
