#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Compiles everything but the distribution and its tests: compiler warnings, Error Prone and NullAway are errors.
source "$(dirname "$0")/lib.sh"

mvn_quiet -Dspotless.check.skip=true -pl "$(modules | grep -v -e '^itests' -e '^appliance-image' | paste -sd,)" test-compile
