#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Accepts the api bundles as they are built now: later builds are compared with them.
# Run it when a change of an api is wanted, after raising the package versions that baseline.sh asks for.
source "$(dirname "$0")/lib.sh"

baseline=tools/baseline/org/solera/baseline
old=$(property solera.baseline.version)

# Copies a bundle with bundle version 0: packages are what is versioned here, and the tool would else ask for a new
# bundle version after every change of a method's body.
repack() {
  local content
  content=$(mktemp -d)
  unzip -q "$1" -d "$content"
  sed -i 's/^Bundle-Version: [0-9.]*/Bundle-Version: 0.0.0/' "$content/META-INF/MANIFEST.MF"
  jar --create --file "$2" --manifest "$content/META-INF/MANIFEST.MF" --date 2026-01-01T00:00:00Z -C "$content" .
  rm -r "$content"
}

mvn_quiet -DskipTests -Dsolera.baseline.skip=true -pl "$(api_modules | paste -sd,)" package

jars=()
for module in $(api_modules); do
  jars+=("$module/target/${module##*/}-1.0.0.jar")
done
# The version is a digest of what was accepted, because Maven never looks again at a version that it has seen.
new=$(for jar in "${jars[@]}"; do echo "$jar"; unzip -v "$jar" | awk '/class$/ || /MANIFEST/ {print $7, $8}'; done |
  sha256sum | cut -c1-12)
if [ "$new" = "$old" ]; then
  echo "Nothing to accept: every api bundle is as it was accepted before."
  exit 0
fi

rm -rf "$baseline"
for jar in "${jars[@]}"; do
  artifact=$(basename "$jar" -1.0.0.jar)
  folder=$baseline/$artifact/$new
  mkdir -p "$folder"
  repack "$jar" "$folder/$artifact-$new.jar"
  cat >"$folder/$artifact-$new.pom" <<POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.solera.baseline</groupId>
  <artifactId>$artifact</artifactId>
  <version>$new</version>
</project>
POM
done
sed -i "s|<solera.baseline.version>$old<|<solera.baseline.version>$new<|" pom.xml
echo "Accepted ${#jars[@]} api bundles as baseline $new. Commit pom.xml and tools/baseline together."
