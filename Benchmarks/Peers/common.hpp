// What the C++ peers share: the increments' table, the generator that draws from it, the clock.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

inline std::uint64_t mix64(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

struct SplitMix {
  std::uint64_t state;
  std::uint64_t next() { return mix64(state += 0x9e3779b97f4a7c15ULL); }
  double uniform_open() { return double(next() >> 11 | 1) * 0x1p-53; }
  static SplitMix keyed(std::uint64_t seed, std::uint64_t purpose, std::uint64_t cause) {
    const std::uint64_t gamma = 0x9e3779b97f4a7c15ULL;
    std::uint64_t key = mix64(seed + gamma * (mix64(purpose) | 1));
    return SplitMix{mix64(key + gamma * (mix64(cause) | 1))};
  }
};

struct Xoshiro {
  std::uint64_t a, b, c, d;
  explicit Xoshiro(std::uint64_t seed) {
    SplitMix s{seed};
    a = s.next(), b = s.next(), c = s.next(), d = s.next();
  }
  std::uint64_t next() {
    std::uint64_t r = b * 5, result = (r << 7 | r >> 57) * 9, t = b << 17;
    c ^= a, d ^= b, b ^= c, a ^= d, c ^= t;
    d = d << 45 | d >> 19;
    return result;
  }
};

inline std::vector<std::int64_t> increments(const char* path) {
  std::ifstream in(path);
  std::vector<std::int64_t> table;
  for (std::int64_t x; in >> x;) table.push_back(x);
  if (table.size() != 1024) std::fprintf(stderr, "%s: not 1024 increments\n", path), std::exit(1);
  return table;
}

inline std::uint64_t thread_ns() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return std::uint64_t(t.tv_sec) * 1000000000ULL + std::uint64_t(t.tv_nsec);
}

inline void report(double operations, std::uint64_t ns, const std::string& check) {
  std::printf("%.6f\t%s\n", operations * 1e3 / double(ns), check.c_str());
}

inline std::string hex(std::uint64_t x) {
  char text[20];
  std::snprintf(text, sizeof text, "%llx", static_cast<unsigned long long>(x));
  return text;
}

// Queue: push(time, id) and pop(time&, id&), stable among equal times.
template <class Queue>
void hold_model(Queue& queue, const char* table_path, std::int64_t pending, std::int64_t operations) {
  auto table = increments(table_path);
  Xoshiro random(42);
  std::uint64_t hash = 0;
  for (std::int64_t id = 0; id < pending; ++id)
    queue.push(table[random.next() & 1023], std::uint32_t(id));
  auto hold = [&](std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) {
      std::int64_t time;
      std::uint32_t id;
      queue.pop(time, id);
      hash = hash * 31 + (std::uint64_t(time) ^ id);
      queue.push(time + table[random.next() & 1023], id);
    }
  };
  hold(pending * 2);
  std::uint64_t start = thread_ns();
  hold(operations);
  report(double(operations), thread_ns() - start, hex(hash));
}
