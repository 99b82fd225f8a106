#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The width to which help is wrapped: that of the terminal, `COLUMNS`, or else 80; at most 120.
func terminalColumns() -> Int {
  var size = winsize()
  var columns = 0
  if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 { columns = Int(size.ws_col) }
  if columns == 0, let text = getenv("COLUMNS") { columns = Int(String(cString: text)) ?? 0 }
  return columns == 0 ? 80 : min(max(columns, 40), 120)
}

enum Stream: Int32 {
  case output = 1
  case error = 2
}

/// Writes a text to a stream of the process, all of it.
func write(_ text: String, to stream: Stream) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { buffer in
      #if canImport(Glibc)
        Glibc.write(stream.rawValue, buffer.baseAddress, buffer.count)
      #elseif canImport(Musl)
        Musl.write(stream.rawValue, buffer.baseAddress, buffer.count)
      #else
        Darwin.write(stream.rawValue, buffer.baseAddress, buffer.count)
      #endif
    }
    if count > 0 {
      bytes = bytes.dropFirst(count)
    } else if count == 0 || errno != EINTR {
      return
    }
  }
}

func endProcess(_ code: ExitCode) -> Never { exit(code.rawValue) }
