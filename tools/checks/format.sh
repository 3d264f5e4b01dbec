#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fails when a Java file is not formatted or lacks its license line. `mvn spotless:apply` repairs it.
source "$(dirname "$0")/lib.sh"

mvn_quiet spotless:check
