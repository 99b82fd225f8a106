# Medians and ratios of Benchmarks/run's measurements; exits with 1 when a required figure is missed.
#
# Input: what, subject, rate in millions a second (or -), check, note; separated by tabs.
BEGIN {
  split("rate sum quantile quantiles", named, " ")
  for (i in named) queries[named[i]]
  required["hold exp 1000", "priority_queue"] = 2.5
  required["hold exp 100000", "priority_queue"] = 3.5
  required["hold exp 1000000", "priority_queue"] = 8
  required["hold k8s 1000", "priority_queue"] = 2
  required["hold k8s 100000", "priority_queue"] = 3
  required["hold k8s 1000000", "priority_queue"] = 6
  required["hold exp 1000", "ns3"] = 3
  required["mm1", "simpy"] = 150
  for (query in queries) required["query " query, "prometheus"] = 1
  label["prometheus"] = "Prometheus"
  label["priority_queue"] = "C++ priority_queue"
  label["ns3"] = "ns-3 calendar"
  label["simgrid"] = "SimGrid"
  label["simpy"] = "SimPy"
  label["wavetank"] = "Wavetank"
}

{
  key = $1 SUBSEP $2
  if (!($1 in seen)) {
    seen[$1] = 1
    whats[++n] = $1
  }
  if (!(key in count) && !(key in absent)) subjects[$1] = subjects[$1] " " $2
  if ($3 == "-") {
    absent[key] = $5
    next
  }
  rates[key, ++count[key]] = $3
  note[key] = $5
  if ($1 ~ /^(hold|query)/ && $4 != "-") {
    if (!($1 in order)) order[$1] = $4
    if (order[$1] != $4) differs[$1] = differs[$1] " " $2
  }
  if ($1 ~ /^(cluster|fork|telemetry)/) {
    # Keeping metrics must not change the run.
    run = group($1)
    if ((run in order) && order[run] != $4) differs[run] = differs[run] " " $2
    order[run] = $4
  }
}

function median(key,   i, j, t, m) {
  m = count[key]
  for (i = 1; i <= m; i++) sorted[i] = rates[key, i]
  for (i = 2; i <= m; i++)
    for (j = i; j > 1 && sorted[j - 1] + 0 > sorted[j] + 0; j--) {
      t = sorted[j]
      sorted[j] = sorted[j - 1]
      sorted[j - 1] = t
    }
  return m % 2 ? sorted[(m + 1) / 2] : (sorted[m / 2] + sorted[m / 2 + 1]) / 2
}

function judge(value, wanted) {
  if (value >= wanted) return sprintf("%8s  ok", wanted)
  missed++
  return sprintf("%8s  MISSED", wanted)
}

function group(what) {
  return what ~ /^hold/ ? "hold" : what ~ /^draw/ ? "draw" : what ~ /^schedule/ ? "schedule" : what ~ /^query/ ? "query" : what ~ /^telemetry/ ? "telemetry" : what
}

function heading(what) {
  if (what == "hold") {
    print "Hold model: pop the first of N pending events, push it again later; millions a second"
    print "(exp: exponential increments; k8s: many ties, periods of 1, 10 and 15 s)"
  } else if (what == "query") {
    print "Range queries over 10,000 series of an hour at 15 s, 241 steps; millions of points a second"
    print "(quantile: histogram_quantile by job; quantiles: by instance)"
  } else if (what == "mm1") {
    print "M/M/1, a million customers; millions of customers a second"
  } else if (what == "cluster") {
    print "Cluster: 200 nodes, 2,000 pods, 20,000 requests/s, rolling updates; millions a second"
  } else if (what == "fork") {
    print "Fork of the cluster in the middle of its rollout; milliseconds"
  } else if (what == "schedule") {
    print "Scheduling by nodes and pods, with controllers and kubelets; pods a CPU second"
  } else if (what == "telemetry") {
    print "Telemetry: an hour of a large cluster with autoscalers and load, without and with metrics that ten rules read"
  } else {
    print "Draws and mathematics; nanoseconds each"
  }
}

END {
  for (i = 1; i <= n; i++) {
    what = whats[i]
    if (group(what) != last) {
      if (last) print ""
      last = group(what)
      heading(last)
      if (last == "hold" || last == "mm1" || last == "query")
        printf "  %-18s %-20s %9s %9s %8s\n", "", "", "rate", "ratio", "required"
      else if (last != "draw" && last != "telemetry")
        printf "  %-18s %-20s %9s %9s %8s\n", "", "", "measured", "", "required"
    }
    ours = median(what SUBSEP "wavetank")
    if (last == "draw") {
      printf "  %-18s %-20s %9.1f\n", substr(what, 6), "", (ours > 0 ? 1e3 / ours : 0)
      continue
    }
    if (last == "telemetry") {
      print "  " substr(what, 11) ": " ((what, "wavetank") in count ? note[what, "wavetank"] : absent[what, "wavetank"])
      none = median("telemetry none" SUBSEP "wavetank")
      if (what == "telemetry kept" && none > 0 && ours > 0)
        printf "  %-18s %.0f %% of the run\n", "cost of telemetry", (none / ours - 1) * 100
      continue
    }
    if (last == "cluster") {
      printf "  %-18s %-20s %9.2f %9s %s\n", "events", "", ours, "", judge(ours, 8)
      requests = note[what, "wavetank"] + 0
      printf "  %-18s %-20s %9.2f %9s %s\n", "requests", "", requests, "", judge(requests, 2)
      sub(/^[^,]*, /, "", note[what, "wavetank"])
      print "  (" note[what, "wavetank"] ")"
      continue
    }
    if (last == "schedule") {
      # 20 times the 200 pods a CPU second of the real scheduler in-process.
      text = what == "schedule 200 2000" ? judge(ours * 1e6, 4000) : ""
      printf "  %-18s %-20s %9.0f %9s %s\n", substr(what, 10), "", ours * 1e6, "", text
      continue
    }
    if (last == "fork") {
      took = ours > 0 ? 1e-3 / ours : 1e9
      verdict = "ok"
      if (took >= 1) {
        verdict = "MISSED"
        missed++
      }
      printf "  %-18s %-20s %9.3f %9s %8s  %s\n", "fork and copies", "", took, "", "< 1", verdict
      print "  (" note[what, "wavetank"] ")"
      continue
    }
    m = split(subjects[what], names, " ")
    for (j = 1; j <= m; j++) {
      key = what SUBSEP names[j]
      if (!(key in count)) {
        printf "  %-18s %-20s not measured: %s\n", what, label[names[j]], absent[key]
        continue
      }
      rate = median(key)
      if (names[j] == "wavetank") {
        printf "  %-18s %-20s %9.3f\n", what, label[names[j]], rate
        continue
      }
      ratio = ours / rate
      text = (key in required) ? judge(ratio, required[key]) : ""
      printf "  %-18s %-20s %9.3f %8.1fx %s\n", "", label[names[j]], rate, ratio, text
    }
    if (what in differs) {
      print "  " what (what ~ /^query/ ? ": another answer of" : ": another order of events in") differs[what]
      missed++
    }
  }
  for (what in differs)
    if (what ~ /^(cluster|fork|telemetry)$/) {
      print "  " what ": the digest is not the same each time"
      missed++
    }
  if (missed) {
    print "\n" missed " required figure(s) missed"
    exit 1
  }
}
