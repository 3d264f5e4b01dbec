#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fails when the archives of the assembled distribution are not those of docs/shipped-jars.txt.
# usage: dependencies.sh [--accept]
source "$(dirname "$0")/lib.sh"

list=docs/shipped-jars.txt
if [ "${1:-}" = --accept ]; then
  shipped list >"$list"
  echo "Accepted $(grep -vc '^#' "$list") archives. Read the difference before you commit $list."
  exit 0
fi
shipped list | diff -u "$list" - || fail "what ships has changed; see above. If it is wanted: tools/checks/dependencies.sh --accept"
