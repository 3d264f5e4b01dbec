#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Compares every api bundle with the accepted one in tools/baseline; accept-api.sh accepts a change.
source "$(dirname "$0")/lib.sh"

mvn_quiet -Dspotless.check.skip=true -DskipTests -pl "$(api_modules | paste -sd,)" verify
