# SPDX-License-Identifier: Apache-2.0
# Words, exits and the things of the machine that every command needs.

say() { printf '%s\n' "$*"; }

# Wrong use, or a machine that cannot run it: one clear line, exit code 2.
refuse() { printf 'solera: %s\n' "$*" >&2; exit 2; }

# Something went wrong on the way: one clear line, exit code 1.
fail() { printf 'solera: %s\n' "$*" >&2; exit 1; }

# Sets JAVA to a Java that can run the appliance.
find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    [ -x "$JAVA_HOME/bin/java" ] || refuse "JAVA_HOME names $JAVA_HOME, where there is no bin/java. Set JAVA_HOME to a JDK 17 or 21, or unset it."
    JAVA=$JAVA_HOME/bin/java
  else
    JAVA=$(command -v java) || refuse "Java 17 or 21 is needed and no java was found. Install it (apt-get install openjdk-17-jdk-headless)."
  fi
  local version
  version=$("$JAVA" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  case "$version" in
    17 | 21) ;;
    *) refuse "Java 17 or 21 is needed and $JAVA is version ${version:-unknown}. Install openjdk-17-jdk-headless, or set JAVA_HOME." ;;
  esac
}

# Installs Debian packages for missing programs when it can, else names them in one line.
# usage: need_packages WHY package=probe ... ; a probe is a program, lib:NAME for a shared library, or
# file:PATH
need_packages() {
  local why=$1 missing=() each package probe libraries
  shift
  libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || :)
  for each in "$@"; do
    package=${each%%=*}
    probe=${each#*=}
    case "$probe" in
      file:*) [ -e "${probe#file:}" ] || missing+=("$package") ;;
      lib:*) [[ $libraries == *"${probe#lib:} "* ]] || missing+=("$package") ;;
      *) command -v "$probe" >/dev/null || missing+=("$package") ;;
    esac
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing ${missing[*]} ($why) ..."
    local log=$SOLERA_ROOT/.build/apt.log
    mkdir -p "$SOLERA_ROOT/.build"
    if install_packages "${missing[@]}" >"$log" 2>&1; then
      return 0
    fi
    say "Could not install ${missing[*]}; see $log."
  fi
  say "Missing for $why: run as root: apt-get install ${missing[*]}"
  return 1
}

# Installs packages without starting their services: the tests start their own, on ports of their own.
install_packages() {
  local policy=/usr/sbin/policy-rc.d own= rc=0
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 0755 "$policy"
    own=$policy
  fi
  { timeout 300 apt-get update && DEBIAN_FRONTEND=noninteractive timeout 900 apt-get install -y --no-install-recommends "$@"; } || rc=$?
  [ -z "$own" ] || rm -f "$own"
  return "$rc"
}
