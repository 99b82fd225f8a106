import Kernel
import Testing

@Suite struct RowsTests {
  @Test func holdsWhatWasAppendedAndChanged() {
    var rows = Rows<Int>()
    #expect(rows.isEmpty)
    for i in 0..<200 { rows.append(i) }
    rows[0] += 5
    rows[63] += 1
    rows[64] += 1
    rows[199] = -1
    #expect(Array(rows) == [5] + Array(1..<63) + [64, 65] + Array(65..<199) + [-1])
    #expect(rows.count == 200)
  }

  @Test func copiesGoTheirOwnWay() {
    for length in [0, 1, 63, 64, 65, 128, 300] {
      var rows = Rows<[Int]>()
      for i in 0..<length { rows.append([i]) }
      var copy = rows
      for i in 0..<100 {
        rows.append([i])
        copy.append([-i])
      }
      for i in stride(from: 0, to: length, by: 50) { copy[i].append(7) }
      let old = (0..<length).map { [$0] }
      #expect(Array(rows) == old + (0..<100).map { [$0] })
      #expect(
        Array(copy) == old.map { $0[0] % 50 == 0 ? $0 + [7] : $0 } + (0..<100).map { [-$0] })
      #expect(rows != copy)
    }
  }
}
