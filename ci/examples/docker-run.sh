#!/usr/bin/env bash
# Judges a target from the image. The evidence lands in ./conformance-report, owned by whoever runs this.
set -euo pipefail
docker run --rm --user "$(id -u):$(id -g)" \
  --volume "$PWD:/work" --env IMAT_API_CODE \
  order-api-conformance run conformance/target.toml \
  --gate --baseline conformance/conformance-baseline.yaml --out conformance-report
