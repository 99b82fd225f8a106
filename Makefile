# make run          builds in release mode, runs the shipped scenarios, writes reports/report.html (RUN_OPTIONS)
# make build        everything, in release mode
# make test         installs what is missing, then all tests, in release mode; with Prometheus, to ask it too
# make lint         swift-format's rules, none broken
# make format       applies them
# make conformance  the recorded vectors of Kubernetes' own functions (CONFORMANCE_DIR=folder)
# make fidelity     the recordings of a real control plane, simulated (FIDELITY_DIR=folder)
# make promql       the scripts of Prometheus' own tests of PromQL, and tests of rules (PROMQL_DIR=folder)
# make releases     real changes of manifests, rehearsed (RELEASES_DIR=folder)
# make mutations    breaks a function of every conformance family: its cases and a simulated run must notice
# make bench        the kernel beside its peers, and the full cluster run (BENCH_PACKAGES: the peers)
# make readme       the outputs that README.md shows, made again; .ci/run compares them
# make setup        installs the C libraries that are missing

# Everything is built once, optimised, with internals open to tests: in debug mode they take ten times as long.
BUILD := -c release -Xswiftc -enable-testing
PACKAGES := libsqlite3-dev libyaml-dev zlib1g-dev
TEST_PACKAGES := prometheus
BENCH_PACKAGES := g++ libns3-dev libsimgrid-dev python3-venv prometheus
CONFORMANCE_DIR ?= ../shared/conformance
FIDELITY_DIR ?= ../shared/fidelity
PROMQL_DIR ?= ../shared/promql
RELEASES_DIR ?= ../shared/releases
# The pages tell of the default folders.
RELEASES_PAGE = $(if $(filter ../shared/releases,$(RELEASES_DIR)),--docs docs/evidence.md)
FIDELITY_PAGE = $(if $(filter ../shared/fidelity,$(FIDELITY_DIR)),--docs docs/fidelity.md)

.PHONY: run build test lint format conformance fidelity promql releases mutations bench readme setup

# A peer that cannot be installed is named as not measured, or its tests as skipped.
define install_peers
@missing=""; for p in $(1); do \
  dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$p"; \
done; \
if [ -n "$$missing" ]; then \
  sudo=""; [ "$$(id -u)" = 0 ] || sudo="sudo -n"; \
  echo "installing:$$missing"; \
  { $$sudo apt-get update -qq && $$sudo apt-get install -y -qq $$missing; } || \
    echo "not installed; for all peers: sudo apt-get install$$missing"; \
fi
endef

setup:
	@missing=""; for p in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$p"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing:$$missing"; \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq $$missing; \
	fi

run: build
	.build/release/wavetank run scenarios --report reports/report.html $(RUN_OPTIONS)

build: setup
	swift build $(BUILD)

test: setup
	$(call install_peers,$(TEST_PACKAGES))
	swift build $(BUILD) --build-tests
	swift test $(BUILD) --skip-build

lint:
	swift format lint --strict --recursive Sources Tests Package.swift

format:
	swift format --in-place --recursive Sources Tests Package.swift

conformance: setup
	CONFORMANCE_DIR=$(CONFORMANCE_DIR) swift run $(BUILD) conformance

fidelity: setup
	FIDELITY_DIR=$(FIDELITY_DIR) swift run $(BUILD) fidelity $(FIDELITY_PAGE)

promql: setup
	PROMQL_DIR=$(PROMQL_DIR) swift run $(BUILD) promqlscripts

releases: setup
	RELEASES_DIR=$(RELEASES_DIR) swift run $(BUILD) releases $(RELEASES_PAGE)

mutations: setup
	Tests/mutations

readme: build
	Tests/readme --update

bench: setup
	$(call install_peers,$(BENCH_PACKAGES))
	Benchmarks/run
