#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the unit tests, and the rules of the house over all compiled classes.
source "$(dirname "$0")/lib.sh"

mvn_quiet -Dspotless.check.skip=true -pl "$(modules | grep -v -e '^itests' -e '^appliance-image' | paste -sd,)" install
