#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the tests against the assembled distribution.
source "$(dirname "$0")/lib.sh"

mvn_quiet -Dspotless.check.skip=true -pl itests verify
