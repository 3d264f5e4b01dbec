# SPDX-License-Identifier: Apache-2.0
# One appliance on this machine: its folders, its ports, its record of what is installed.

# Sets DATA and checks that the appliance can live there.
instance_data() {
  DATA=$1
  mkdir -p "$DATA" 2>/dev/null || refuse "The data folder $DATA cannot be created. Choose another with --data."
  DATA=$(cd "$DATA" && pwd)
  local probe="$DATA/.probe.$$"
  (: >"$probe") 2>/dev/null || refuse "The data folder $DATA cannot be written. Change its owner or mode, or choose another with --data."
  rm -f "$probe"
  # A box that filled up must come back, so that things can be deleted; a new one needs room for its first files.
  local free needed=512
  [ ! -f "$DATA/state/upgrade/features.cfg" ] || needed=32
  free=$(($(df -Pk "$DATA" | awk 'NR==2 {print $4}') / 1024))
  [ "$free" -ge "$needed" ] || refuse "The data folder $DATA has $free MiB free and $needed MiB are needed. Free some space, or choose another with --data."
}

# Prints the pid of the appliance that lives in DATA, if one runs.
instance_pid() {
  local pid
  pid=$(cat "$DATA/run/pid" 2>/dev/null) || return 1
  [ -n "$pid" ] && [ -r "/proc/$pid/cmdline" ] || return 1
  tr '\0' '\n' <"/proc/$pid/cmdline" | grep -xF -- "-Dsolera.data=$DATA" >/dev/null || return 1
  printf '%s\n' "$pid"
}

# Refuses when a port of the appliance is taken.
instance_ports_free() {
  local name port probe=$BIND
  [ "$probe" != 0.0.0.0 ] || probe=127.0.0.1
  for name in console:8443 s3:9000 download:9101 shell:8101 internal:8181; do
    port=$((${name#*:} + OFFSET))
    if (exec 3<>"/dev/tcp/$probe/$port") 2>/dev/null; then
      refuse "Port $port (${name%:*}) on $probe is in use. End what listens there, or move this appliance with --port-offset."
    fi
  done
}

# Brings the shipped configuration into the instance. A file that a person changed stays as it is.
instance_etc() {
  local etc=$DATA/karaf/etc shipped=$DATA/karaf/etc/.shipped file name sum known
  mkdir -p "$etc"
  touch "$shipped"
  (cd "$ASSEMBLY/etc" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) >"$shipped.now"
  if ! cmp -s "$shipped" "$shipped.now"; then
    while read -r sum name; do
      file=$etc/$name
      known=$(awk -v n="$name" '$2 == n {print $1}' "$shipped")
      if [ -f "$file" ] && [ "$(sha256sum <"$file" | cut -c1-64)" != "${known:-none}" ] && [ -n "$known" ]; then
        say "Kept $file as you changed it; the shipped one is $ASSEMBLY/etc/${name#./}."
      else
        mkdir -p "$(dirname "$file")"
        cp "$ASSEMBLY/etc/$name" "$file"
      fi
    done <"$shipped.now"
    mv "$shipped.now" "$shipped"
  else
    rm -f "$shipped.now"
  fi
}

# The committed record of what is installed decides; the bundle cache is used only when it is known to agree with it.
instance_record() {
  local record=$DATA/state/upgrade/features.cfg shipped=$ASSEMBLY/etc/org.apache.karaf.features.cfg
  local cache=$DATA/karaf/data/cache build=$DATA/karaf/data/build.sha256 sum
  mkdir -p "$DATA/state/upgrade/repository" "$DATA/karaf/data"
  chmod 700 "$DATA/state"
  sum=$(sha256sum <"$shipped" | cut -c1-64)
  if [ ! -f "$record" ] || [ "$(cat "$DATA/state/upgrade/shipped.sha256" 2>/dev/null)" != "$sum" ]; then
    if [ -f "$record" ]; then
      awk -f "$SOLERA_ROOT/tools/launcher/merge-record.awk" "$record" "$shipped" >"$record.new"
    else
      cp "$shipped" "$record.new"
    fi
    sync "$record.new"
    mv "$record.new" "$record"
    printf '%s\n' "$sum" >"$DATA/state/upgrade/shipped.sha256"
    sync "$DATA/state/upgrade"
  fi
  cp "$record" "$DATA/karaf/etc/org.apache.karaf.features.cfg"
  sum=$(sha256sum <"$record" | cut -c1-64)
  # The same version number can hold other bytes while developing: another build means another cache.
  if [ "$(cat "$cache/solera-record.sha256" 2>/dev/null)" != "$sum" ] || [ "$(cat "$build" 2>/dev/null)" != "$(build_identity)" ]; then
    rm -rf "$cache"
  fi
  build_identity >"$build"
}

# The same for every boot of one build: which jars it has, how large they are and when they were made.
build_identity() { find "$ASSEMBLY/system" -name '*.jar' -printf '%P %s %T@\n' | LC_ALL=C sort | sha256sum | cut -c1-64; }
