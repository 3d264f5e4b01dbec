# SPDX-License-Identifier: Apache-2.0
# What the checks share. Sourced; leaves the caller in the root of the tree.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# Prints one line on what is wrong and ends the check.
fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# Runs Maven as every check does. SOLERA_MVN names another Maven, SOLERA_MVN_OPTS adds options, for example -o.
mvn_quiet() {
  # shellcheck disable=SC2086 # options are words
  "${SOLERA_MVN:-mvn}" -B -q ${SOLERA_MVN_OPTS:-} "$@"
}

# Prints a property of the root pom.
property() {
  sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p" pom.xml | head -1
}

# Prints every module, one a line, in the order of the root pom.
modules() {
  sed -n 's|^ *<module>\(.*\)</module>.*|\1|p' pom.xml
}

# Prints the modules whose packages are contracts.
api_modules() {
  modules | grep -e '-api$'
}

# Reads the assembled distribution: `shipped list` prints its archives, `shipped sbom` its bill of materials.
shipped() {
  local assembly=appliance-image/assembly/target/assembly
  [ -d "$assembly/system" ] || fail "nothing is assembled yet; run ./solera test, or mvn -pl appliance-image/assembly -am install."
  java tools/checks/Shipped.java "$1" "$assembly"
}
