#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Breaks every rule of the house once, in a copy of the tree, and demands that the build fails for that reason.
# Needs a tree that ./solera test has built. Prints one line for each rule; exits 1 if a rule could be broken.
source "$(dirname "$0")/lib.sh"

tree=$PWD
copy=$(mktemp -d "${TMPDIR:-/tmp}/solera-violations.XXXXXX")
trap 'rm -rf "$copy"' EXIT
engine=bundles/storage/storage-engine
engine_package=$engine/src/main/java/org/solera/storage/engine/internal
api=bundles/storage/storage-api
api_package=$api/src/main/java/org/solera/storage/api
missed=0

# Makes the copy: sources as they are in the working tree, and the classes that were built from them.
make_copy() {
  LC_ALL=C comm -z -23 <(git ls-files -co --exclude-standard -z | LC_ALL=C sort -zu) <(git ls-files -d -z | LC_ALL=C sort -zu) |
    xargs -0 cp -P --parents -t "$copy"
  local module
  for module in $(modules); do
    [ ! -d "$module/target/classes" ] || cp -r --parents "$module/target/classes" "$copy"
  done
  [ -d "$copy/$engine/target/classes" ] || fail "nothing is built yet; run ./solera test first."
  cd "$copy"
  git init -q
  git add -A -f
  git -c user.name=check -c user.email=check@localhost commit -q -m copy
}

# Brings the copy back to what it was.
restore() {
  git checkout -q -f .
  git clean -q -fdx -e log
}

# Runs Maven in the copy and keeps what it says in the file log. Never installs.
build() {
  mvn_quiet "$@" >log 2>&1
}

# report RULE HOW OUTCOME: prints a line of the table.
report() {
  printf '%-46s %-62s %s\n' "$1" "$2" "$3"
  [ "$3" = "failed as it should" ] || missed=$((missed + 1))
}

# expect RULE HOW PATTERN MAVEN-ARGUMENTS...: the build must fail and say PATTERN.
expect() {
  local rule=$1 how=$2 pattern=$3
  shift 3
  if build "$@"; then
    report "$rule" "$how" "NOT CAUGHT"
  elif grep -qE -e "$pattern" log; then
    report "$rule" "$how" "failed as it should"
  else
    report "$rule" "$how" "FAILED FOR ANOTHER REASON"
    grep -m 3 ERROR log | sed 's/^/    /' >&2
  fi
  restore
}

# class_in_engine NAME TEXT: writes a class of that name into the storage engine.
class_in_engine() {
  printf '// SPDX-License-Identifier: Apache-2.0\npackage org.solera.storage.engine.internal;\n\n%s\n' "$2" \
    >"$engine_package/$1.java"
}

# dependency POM GROUP ARTIFACT VERSION: adds a dependency, as a wrong-doer would.
dependency() {
  sed -i "0,/<dependencies>/s||<dependencies><dependency><groupId>$2</groupId><artifactId>$3</artifactId>$4<scope>provided</scope></dependency>|" "$1"
}

# What the compiler, the formatter, the baseline and the resolver hold: one build each, because each ends it.
break_the_tools() {
  echo 'final class  Sloppy{ }' >>"$api_package/Bucket.java"
  expect "format" "a line that the formatter would write otherwise" "format violations" -pl $api spotless:check

  sed -i 1d "$api_package/Bucket.java"
  expect "license line" "a file without it" "format violations" -pl $api spotless:check

  class_in_engine Planted 'final class Planted { java.util.List list; }'
  expect "compiler warnings" "a raw type" "warnings found and -Werror specified" -Dspotless.check.skip=true -pl $engine compile

  class_in_engine Planted 'final class Planted { String name() { return null; } }'
  expect "null" "null returned where it is not allowed" "\[NullAway\]" -Dspotless.check.skip=true -pl $engine compile

  class_in_engine Planted 'final class Planted { void run(java.util.concurrent.ExecutorService pool) { pool.submit(() -> {}); } }'
  expect "bug patterns" "the future of a task thrown away" "\[FutureReturnValueIgnored\]" \
    -Dspotless.check.skip=true -pl $engine compile

  if [ "$(property solera.baseline.version)" = none ]; then
    report "api baseline" "-" "NO BASELINE ACCEPTED YET"
  else
    sed -i 's/void deleteBucket(BucketName name)/boolean deleteBucket(BucketName name)/' "$api_package/ObjectStore.java"
    expect "api baseline" "another return type, same package version" "Baseline problems detected" \
      -Dspotless.check.skip=true -DskipTests -pl $api verify
    sed -i 's/^    StoreUsage usage()/    void planted();\n\n    StoreUsage usage()/' "$api_package/ObjectStore.java"
    expect "api baseline" "a method more, same package version" "Baseline problems detected" \
      -Dspotless.check.skip=true -DskipTests -pl $api verify
  fi

  sed -i 's|^  </feature>|<requirement>solera.nowhere;filter:="(level=1)"</requirement></feature>|' \
    features/src/main/feature/solera-media-fop.xml
  expect "features resolve" "a requirement that nothing meets" "solera.nowhere" -DskipTests -pl features verify

  sed -i 's|\[17,18),\[21,22)|[11,12)|' pom.xml
  expect "Java version" "a Java other than those named" "RequireJavaVersion" -Dspotless.check.skip=true -pl $api validate
}

# What ships is compared with the list that was accepted.
break_what_ships() {
  [ -d "$tree/appliance-image/assembly/target/assembly/system" ] || fail "nothing is assembled yet; run ./solera test first."
  mkdir -p appliance-image/assembly/target
  ln -s "$tree/appliance-image/assembly/target/assembly" appliance-image/assembly/target/assembly
  sed -i '/^org.apache.felix:org.apache.felix.scr:/d' docs/shipped-jars.txt
  if tools/checks/dependencies.sh >log 2>&1; then
    report "what ships" "an archive that is not in docs/shipped-jars.txt" "NOT CAUGHT"
  elif grep -q '^+org.apache.felix:org.apache.felix.scr:' log; then
    report "what ships" "an archive that is not in docs/shipped-jars.txt" "failed as it should"
  else
    report "what ships" "an archive that is not in docs/shipped-jars.txt" "FAILED FOR ANOTHER REASON"
  fi
  restore
}

# plant RULE TEST WHAT HOW: notes that the test must fail and name WHAT; the breach itself is planted by the caller.
planted=()
plant() {
  planted+=("$1|$2|$3|$4")
}

# What the tests of tools/architecture-rules hold: all breaches at once, each to be found by its own test.
break_the_architecture() {
  local jaxrs='<version>1.0.1</version>' jna='<version>5.17.0</version>'

  class_in_engine PlantedProtocol 'final class PlantedProtocol { io.netty.buffer.ByteBuf buffer = io.netty.buffer.Unpooled.EMPTY_BUFFER; }'
  dependency $engine/pom.xml io.netty netty-buffer ''
  plant "engines know no protocol" enginesKnowNoProtocolAndNoContainer PlantedProtocol "Netty in storage-engine"

  class_in_engine PlantedResource 'final class PlantedResource { javax.ws.rs.core.Response.Status status = javax.ws.rs.core.Response.Status.OK; }'
  dependency $engine/pom.xml org.apache.aries.spec org.apache.aries.javax.jax.rs-api "$jaxrs"
  plant "JAX-RS lives in rest bundles" jaxRsLivesInRestBundles PlantedResource "JAX-RS in storage-engine"

  class_in_engine PlantedNative 'final class PlantedNative { com.sun.jna.Pointer pointer = com.sun.jna.Pointer.NULL; }'
  dependency $engine/pom.xml net.java.dev.jna jna "$jna"
  plant "native code lives in workers" nativeLibrariesLiveInWorkerProcesses PlantedNative "JNA in storage-engine"

  class_in_engine PlantedSibling 'final class PlantedSibling { org.solera.media.fop.internal.PlantedTarget target = new org.solera.media.fop.internal.PlantedTarget(); }'
  mkdir -p bundles/media/media-fop/src/main/java/org/solera/media/fop/internal
  printf '// SPDX-License-Identifier: Apache-2.0\npackage org.solera.media.fop.internal;\n\npublic final class PlantedTarget {}\n' \
    >bundles/media/media-fop/src/main/java/org/solera/media/fop/internal/PlantedTarget.java
  dependency $engine/pom.xml org.solera media-fop '<version>1.0.0</version>'
  plant "siblings meet in the registry only" modulesUseNothingOfEachOtherButApiPackages PlantedSibling "storage-engine calls media-fop"

  printf '// SPDX-License-Identifier: Apache-2.0\npackage org.solera.storage.api;\n\nfinal class PlantedLogging {\n    org.slf4j.Logger log = org.slf4j.LoggerFactory.getLogger("x");\n}\n' \
    >$api_package/PlantedLogging.java
  plant "apis use the JDK only" apiBundlesUseTheJdkAndAnnotationsOnly PlantedLogging "SLF4J in storage-api"

  printf '// SPDX-License-Identifier: Apache-2.0\npackage org.solera.storage.api;\n\nfinal class PlantedDomain {\n    org.solera.media.api.MediaError error = org.solera.media.api.MediaError.BUSY;\n}\n' \
    >$api_package/PlantedDomain.java
  dependency $api/pom.xml org.solera media-api '<version>1.0.0</version>'
  plant "an api knows no other domain" apisDependOnNoOtherDomainButThePlatform PlantedDomain "storage-api uses media-api"

  class_in_engine PlantedContainer 'abstract class PlantedContainer { abstract org.apache.karaf.features.FeaturesService features(); }'
  dependency $engine/pom.xml org.apache.karaf.features org.apache.karaf.features.core ''
  plant "the container is known where it is driven" theContainerIsKnownWhereItIsDriven PlantedContainer "Karaf in storage-engine"

  local core=bundles/platform/platform-core
  printf '// SPDX-License-Identifier: Apache-2.0\npackage org.solera.platform.core.internal;\n\nabstract class PlantedCycle {\n    abstract org.solera.storage.api.BucketName name();\n}\n' \
    >$core/src/main/java/org/solera/platform/core/internal/PlantedCycle.java
  dependency $core/pom.xml org.solera storage-api '<version>1.0.0</version>'
  plant "domains form no cycle" domainsFormNoCycle PlantedCycle "platform-core uses storage-api"

  class_in_engine PlantedThread 'final class PlantedThread { Thread thread = new Thread(() -> {}); }'
  plant "threads come from NamedExecutors" threadsComeFromNamedExecutors PlantedThread "new Thread in storage-engine"

  class_in_engine PlantedProcess 'final class PlantedProcess { ProcessBuilder builder = new ProcessBuilder("true"); }'
  plant "processes come from Workers" childProcessesAreStartedByThePlatformWorkerOnly PlantedProcess "ProcessBuilder in storage-engine"

  class_in_engine PlantedPrint 'final class PlantedPrint { void print() { System.out.println("planted"); } }'
  plant "no standard streams" standardStreamsBelongToProgramsAndTheShell PlantedPrint "System.out in storage-engine"

  class_in_engine PlantedJul 'final class PlantedJul { java.util.logging.Logger log = java.util.logging.Logger.getLogger("x"); }'
  plant "SLF4J only" nobodyLogsBesidesSlf4j PlantedJul "java.util.logging in storage-engine"

  class_in_engine PlantedExit 'final class PlantedExit { void end() { System.exit(1); } }'
  plant "nobody ends the process" nobodyEndsTheProcess PlantedExit "System.exit in storage-engine"

  class_in_engine PlantedSql 'abstract class PlantedSql { abstract java.sql.Connection connection(); }'
  plant "persistence lives in jpa bundles" persistenceLivesInJpaBundles PlantedSql "java.sql in storage-engine"

  class_in_engine PlantedStatic 'final class PlantedStatic { static int count; }'
  plant "nothing static changes" nothingStaticChanges PlantedStatic "a static counter"

  class_in_engine PlantedThrows 'abstract class PlantedThrows { abstract void run() throws Exception; }'
  plant "exceptions are named" methodsSayWhichExceptionTheyThrow PlantedThrows "throws Exception"

  class_in_engine PlantedComponent '@org.osgi.service.component.annotations.Component(service = PlantedComponent.class) public class PlantedComponent { @org.osgi.service.component.annotations.Modified void modified() {} }'
  plant "components are final" componentsAreFinal PlantedComponent "a component that is not"
  plant "no @Modified" configurationChangesReplaceTheComponent PlantedComponent "a component with it"

  class_in_engine PlantedImpl 'final class PlantedImpl {}'
  plant "names say how" namesEndInNoEmptyWord PlantedImpl "a class that ends in Impl"

  class_in_engine PlantedFailure 'final class PlantedFailure extends Exception {}'
  plant "exceptions are called so" exceptionsAreCalledSo PlantedFailure "an exception that is not"

  class_in_engine PlantedDto 'record PlantedDto(String name) {}'
  plant "wire forms stay at the edge" wireFormsAreRecordsOfTheEdge PlantedDto "a Dto in storage-engine"

  mkdir -p $engine_package/planted
  printf '// SPDX-License-Identifier: Apache-2.0\npackage org.solera.storage.engine.internal.planted;\n\npublic final class PlantedNull {\n    Object back = new org.solera.storage.engine.internal.PlantedOther();\n}\n' \
    >$engine_package/planted/PlantedNull.java
  class_in_engine PlantedOther 'public class PlantedOther { org.solera.storage.engine.internal.planted.PlantedNull there = new org.solera.storage.engine.internal.planted.PlantedNull(); }'
  plant "packages form no cycle" packagesFormNoCycle PlantedOther "two packages that use each other"
  plant "every package is null-marked" everyPackageIsNullMarked PlantedNull "a package without package-info"

  class_in_engine PlantedLong "final class PlantedLong {$(printf '\n    // %s' $(seq 400))
}"
  plant "no file over 400 lines" noFileIsLongerThanFourHundredLines PlantedLong "a file of 405 lines"

  class_in_engine PlantedLater "// TO""DO finish
final class PlantedLater {}"
  plant "nothing left for later" nothingIsLeftForLater PlantedLater "a comment that promises"

  echo "<!-- https://repo.ma""ven.example -->" >>$engine/pom.xml
  plant "no registry is named" noFileNamesARegistry "storage-engine/pom.xml" "a registry's address in a pom"

  class_in_engine PlantedAuthor "/** @auth""or planted */
final class PlantedAuthor {}"
  plant "nobody signs a file" nobodySignsAFile PlantedAuthor "an author tag"

  mkdir -p $engine/src/test/java/org/solera/storage/engine/internal
  printf '// SPDX-License-Identifier: Apache-2.0\npackage org.solera.storage.engine.internal;\n\nclass PlantedSleepTest {\n    void waits() throws InterruptedException {\n        Thread.sl''eep(1);\n    }\n}\n' \
    >$engine/src/test/java/org/solera/storage/engine/internal/PlantedSleepTest.java
  plant "tests wait for conditions" testsWaitForConditionsNotForTime PlantedSleepTest "a sleep in a test"

  mkdir -p $engine/src/main/java/org/solera/media/planted
  printf '// SPDX-License-Identifier: Apache-2.0\npackage org.solera.media.planted;\n\nfinal class PlantedElsewhere {}\n' \
    >$engine/src/main/java/org/solera/media/planted/PlantedElsewhere.java
  plant "packages follow the module" classesLiveBelowTheRootPackageOfTheirModule PlantedElsewhere "a package of media in storage-engine"

  mkdir -p bundles/storage/storage-planted && touch bundles/storage/storage-planted/bnd.bnd
  plant "every module is built" everyModuleOnDiskIsBuilt storage-planted "a module that the root pom does not list"

  echo 'Bundle-SymbolicName: planted' >>bundles/media/media-fop/bnd.bnd
  plant "symbolic names follow the module" symbolicNamesFollowTheModule media-fop "another symbolic name"

  echo 'Export-Package: org.solera.storage.engine.internal' >>$engine/bnd.bnd
  plant "only apis export packages" onlyApiBundlesExportPackages "storage-engine exports" "storage-engine exports a package"

  # In a profile that nobody switches on, so that Maven does not look for it.
  sed -i 's|</project>|<profiles><profile><id>planted</id><build><plugins><plugin><artifactId>maven-help-plugin</artifactId></plugin></plugins></build></profile></profiles></project>|' $engine/pom.xml
  plant "plugins are pinned" everyPluginIsPinned maven-help-plugin "a plugin without a version"

  mkdir planted && touch planted/file
  plant "the top level is closed" theTopLevelHoldsWhatTheDesignNames planted "a new folder"

  rm -rf tools/baseline
  plant "every api was accepted once" everyApiBundleIsComparedWithTheAcceptedOne "was never accepted" "an api without a baseline"

  build -Dspotless.check.skip=true -Dmaven.test.failure.ignore=true -Dsurefire.failIfNoSpecifiedTests=false \
    '-Dtest=org.solera.architecture.*Test' -pl "$api,bundles/media/media-fop,$engine,$core,tools/architecture-rules" test || true
  local reports=tools/architecture-rules/target/surefire-reports each rule test what how
  if [ ! -d "$reports" ]; then
    grep -m 10 ERROR log >&2
    fail "the planted breaches did not compile, so no rule was tried."
  fi
  for each in "${planted[@]}"; do
    IFS='|' read -r rule test what how <<<"$each"
    if sed -n "/\.$test -- .*<<< FAILURE/,/<<< FAILURE/p" "$reports"/*.txt | grep -e "$what" >/dev/null; then
      report "$rule" "$how" "failed as it should"
    else
      report "$rule" "$how" "NOT CAUGHT"
    fi
  done
  restore
}

printf '%-46s %-62s %s\n' "rule" "broken by" "build"
make_copy
break_the_tools
break_what_ships
break_the_architecture
if [ "$missed" -gt 0 ]; then
  fail "$missed rules could be broken."
fi
echo "Every rule holds: each breach failed the build, for its own reason."
