# SPDX-License-Identifier: Apache-2.0
# Builds only what is stale. A module is stale when the hash of its sources differs from the one of the last build.

ASSEMBLY=$SOLERA_ROOT/appliance-image/assembly/target/assembly
BUILD_DIR=$SOLERA_ROOT/.build

# The modules of the root pom that make the distribution, in order.
product_modules() {
  sed -n 's#.*<module>\(.*\)</module>.*#\1#p' "$SOLERA_ROOT/pom.xml" | grep -vE '^(itests|tools/.*)$'
}

# Prints one line "hash module" for each module named.
module_hashes() {
  local module
  for module in "$@"; do
    printf '%s %s\n' "$(cd "$SOLERA_ROOT" && { find "$module" \( -name target -o -name node_modules -o -path '*/src/test' \) -prune -o -type f -print0; [ "$module" != hardware-profiles/hardware-binder ] || find hardware-profiles/profiles -type f -print0 2>/dev/null; } | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-64)" "$module"
  done
  printf '%s %s\n' "$(cat "$SOLERA_ROOT/pom.xml" "$SOLERA_ROOT"/.mvn/* | sha256sum | cut -c1-64)" pom.xml
}

# Builds the stale modules among those named and what depends on them. Says what it does.
build_modules() {
  if [ "${SOLERA_BUILD:-}" = no ]; then
    [ -d "$ASSEMBLY/system" ] || refuse "SOLERA_BUILD=no skips the build, and nothing is built yet."
    return 0
  fi
  command -v mvn >/dev/null || refuse "Maven 3.8 or later is needed to build and was not found. Install it (apt-get install maven)."
  command -v npm >/dev/null || refuse "Node.js 20 or later with npm is needed to build the console and was not found. Install it (apt-get install nodejs npm)."
  mkdir -p "$BUILD_DIR"
  exec 8>"$BUILD_DIR/lock"
  flock 8
  local stamp=$BUILD_DIR/modules now stale module
  now=$(module_hashes "$@")
  touch "$stamp"
  stale=$(comm -13 <(sort "$stamp") <(sort <<<"$now") | cut -d' ' -f2)
  [ -d "$ASSEMBLY/system" ] || stale="pom.xml"
  if [ -n "$stale" ]; then
    local log=$BUILD_DIR/build.log started=$SECONDS targets
    # Tests and the checks of the house run in `solera test`; here the point is to see the change run.
    local arguments=(-B -f "$SOLERA_ROOT/pom.xml" install -DskipTests -Dspotless.check.skip=true -Denforcer.skip=true)
    if grep -qx pom.xml <<<"$stale"; then
      targets=$(printf '%s,' "$@")
      say "Building (log: $log) ..."
    else
      targets=$(tr '\n' ',' <<<"$stale")
      arguments+=(-amd)
      say "Building what changed: $(tr '\n' ' ' <<<"$stale")..."
    fi
    if ! mvn "${arguments[@]}" -pl "${targets%,}" >"$log" 2>&1 8>&-; then
      grep -E '^\[ERROR\]' "$log" | head -n 20 >&2
      fail "The build failed; see $log."
    fi
    # What depends on a changed module was built too; everything named is fresh now.
    { grep -vFf <(cut -d' ' -f2 <<<"$now" | sed 's/^/ /') "$stamp" || :; printf '%s\n' "$now"; } >"$stamp.new"
    mv "$stamp.new" "$stamp"
    say "Built in $((SECONDS - started)) s."
  fi
  exec 8>&-
}

build_product() {
  local modules
  mapfile -t modules < <(product_modules)
  build_modules "${modules[@]}"
}
