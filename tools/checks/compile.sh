#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Compiles everything: compiler warnings, Error Prone and NullAway are errors.
source "$(dirname "$0")/lib.sh"

mvn_quiet -Dspotless.check.skip=true test-compile
