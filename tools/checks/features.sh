#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Asks the resolver whether every feature can be installed.
source "$(dirname "$0")/lib.sh"

mvn_quiet -Dspotless.check.skip=true -DskipTests -pl features -am install
