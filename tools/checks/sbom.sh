#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Writes the bill of materials (CycloneDX 1.5, JSON) of what ships: every archive of the assembled distribution.
# usage: sbom.sh [FILE]
source "$(dirname "$0")/lib.sh"

file=${1:-appliance-image/assembly/target/solera-bom.json}
shipped sbom >"$file"
echo "Wrote $file."
