# The command as one binary: the Swift runtime, SQLite, libyaml and zlib are linked into it, so that
# the final image needs glibc and the C++ runtime only.
ARG SWIFT=6.2

FROM swift:${SWIFT}-bookworm AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libsqlite3-dev libyaml-dev zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
# Without the shared libraries' names the linker takes the archives.
RUN for library in sqlite3 yaml z; do \
      archive=$(find /usr/lib -name "lib$library.a" | grep .) && rm "${archive%.a}.so" || exit 1; \
    done
WORKDIR /src
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
RUN swift build -c release --static-swift-stdlib --product wavetank \
    && strip -o /wavetank .build/release/wavetank \
    && ! ldd /wavetank | grep -E 'sqlite|yaml|libz|swift|not found'

FROM debian:bookworm-slim
# git reads the manifests of --base; kubectl, kustomize and helm are for whoever needs them to add.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates git libstdc++6 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /wavetank /usr/local/bin/wavetank
USER 65534:65534
ENTRYPOINT ["wavetank"]
