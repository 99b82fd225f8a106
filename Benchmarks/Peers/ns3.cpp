// ns-3's calendar scheduler by itself: no simulator loop and no callbacks around it.
#include <ns3/calendar-scheduler.h>

#include <cstring>

#include "common.hpp"

namespace {

struct Queue {
  ns3::Ptr<ns3::CalendarScheduler> scheduler = ns3::CreateObject<ns3::CalendarScheduler>();
  std::uint32_t pushed = 0;
  void push(std::int64_t time, std::uint32_t id) {
    ns3::Scheduler::Event event;
    event.impl = nullptr;
    event.key.m_ts = std::uint64_t(time);
    event.key.m_uid = pushed++;
    event.key.m_context = id;
    scheduler->Insert(event);
  }
  void pop(std::int64_t& time, std::uint32_t& id) {
    ns3::Scheduler::Event event = scheduler->RemoveNext();
    time = std::int64_t(event.key.m_ts), id = event.key.m_context;
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5 || std::strcmp(argv[1], "hold")) {
    std::fprintf(stderr, "usage: %s hold <table> <pending> <operations>\n", argv[0]);
    return 2;
  }
  Queue queue;
  hold_model(queue, argv[2], std::atoll(argv[3]), std::atoll(argv[4]));
}
