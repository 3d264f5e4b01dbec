# SPDX-License-Identifier: Apache-2.0
# test and bench.

solera_test() {
  [ $# -eq 0 ] || refuse "There is no option '$1' for test yet; the image tests come with the bootable image."
  find_java
  command -v mvn >/dev/null || refuse "Maven 3.8 or later is needed and was not found. Install it (apt-get install maven)."
  command -v npm >/dev/null || refuse "Node.js 20 or later with npm is needed to build the console and was not found. Install it (apt-get install nodejs npm)."
  need_packages "the tests" curl=curl bubblewrap=bwrap libvips42=lib:libvips.so.42 awscli=/usr/bin/aws s3cmd=s3cmd \
    postgresql=/usr/bin/pg_createcluster slapd=/usr/sbin/slapd ldap-utils=ldapsearch glewlwyd=glewlwyd openssl=openssl \
    python3-aiosmtpd=aiosmtpd chromium=/usr/bin/chromium fonts-wqy-zenhei=file:/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc \
    || refuse "The tests use these programs as the product's users do."
  mkdir -p "$BUILD_DIR"
  touch "$BUILD_DIR/tests-began"
  mvn -B -f "$SOLERA_ROOT/pom.xml" install
  mapfile -t modules < <(product_modules)
  module_hashes "${modules[@]}" >"$BUILD_DIR/modules"
  "$SOLERA_ROOT/tools/checks/dependencies.sh"
  "$SOLERA_ROOT/tools/checks/sbom.sh"
  tests_closing_line
}

# Adds the reports of all modules up: "N passed, N failed, N skipped".
tests_closing_line() {
  find "$SOLERA_ROOT" -path '*/target/surefire-reports*/TEST-*.xml' -newer "$BUILD_DIR/tests-began" -exec grep -h -m1 -A12 '<testsuite ' {} + \
    | awk '{
        while (match($0, /[ \t](tests|errors|failures|skipped)="[0-9]+"/)) {
          split(substr($0, RSTART + 1, RLENGTH - 1), pair, "=")
          gsub(/"/, "", pair[2]); sum[pair[1]] += pair[2]
          $0 = substr($0, RSTART + RLENGTH)
        }
      }
      END {
        failed = sum["errors"] + sum["failures"]
        printf "%d passed, %d failed, %d skipped\n", sum["tests"] - failed - sum["skipped"], failed, sum["skipped"]
      }'
}

solera_bench() {
  find_java
  build_product
  if [ "${1:-}" = house ]; then
    # The rules of the house, each broken once in a copy of this tree.
    exec "$SOLERA_ROOT/tools/checks/violations.sh"
  fi
  build_modules tools/bench
  [ $# -gt 0 ] || say "house      break each rule of the house in a copy of this tree: the build must refuse it"
  need_packages "the benchmarks" curl=curl awscli=/usr/bin/aws nginx-light=/usr/sbin/nginx libvips-tools=vipsthumbnail || :
  exec "$JAVA" -Dsolera.root="$SOLERA_ROOT" -jar "$SOLERA_ROOT/tools/bench/target/bench.jar" "$@"
}
