import ClusterAPI
import Testing
import Units

@Suite struct LifecycleHandlerTests {
  @Test(arguments: [
    (["sleep", "5"], 5), (["/bin/sh", "-c", "sleep 15"], 15),
    (["sh", "-c", "/bin/sleep 3s;exit 0"], 3),
    (["sh", "-c", "sleep 5 && nginx -s quit && sleep 2"], 7), (["nginx", "-s", "quit"], 0),
    (["sh", "-c", "sleep $WAIT"], 0),
  ])
  func aCommandThatSleepsTakesItsSeconds(command: [String], seconds: Int) {
    #expect(LifecycleHandler.exec(command: command).knownDuration == .seconds(Int64(seconds)))
  }

  @Test func sleepIsItsSeconds() {
    #expect(LifecycleHandler.sleep(seconds: 4).knownDuration == .seconds(4))
  }
}
