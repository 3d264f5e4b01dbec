# SPDX-License-Identifier: Apache-2.0
# run, stop and status.

number() { case "$2" in '' | *[!0-9]*) refuse "$1 takes a number, not '$2'." ;; esac; }

parse_instance() {
  DATA=${SOLERA_DATA:-$SOLERA_ROOT/.solera} BIND=127.0.0.1 OFFSET=0 PROFILE='' DRIVES=4 DETACH=0 JSON=0
  while [ $# -gt 0 ]; do
    case "$1" in
      --data | --bind | --port-offset | --profile | --drives)
        [ $# -ge 2 ] || refuse "$1 needs a value."
        case "$1" in
          --data) DATA=$2 ;;
          --bind) BIND=$2 ;;
          --port-offset) number "$1" "$2"; OFFSET=$2 ;;
          --profile) PROFILE=$2 ;;
          --drives) number "$1" "$2"; DRIVES=$2 ;;
        esac
        shift 2
        ;;
      --detach) DETACH=1; shift ;;
      --json) JSON=1; shift ;;
      *) refuse "There is no option '$1'; see ./solera help." ;;
    esac
  done
  [ "$OFFSET" -le 50000 ] || refuse "--port-offset takes 0 to 50000."
  [ "$DRIVES" -ge 1 ] && [ "$DRIVES" -le 64 ] || refuse "--drives takes 1 to 64."
}

java_command() {
  local home=$ASSEMBLY base=$DATA/karaf classpath drives i
  classpath=$(printf '%s:' "$home"/lib/boot/*.jar "$home"/lib/jdk9plus/*.jar)
  drives=$(for ((i = 0; i < DRIVES; i++)); do printf '%s,' "$DATA/drives/d$i"; done)
  local specs=$home/lib/endorsed
  COMMAND=("$JAVA"
    "-Xms64m" "-Xmx${SOLERA_HEAP:-512m}" "-Xss512k" "-XX:MaxDirectMemorySize=256m" "-XX:ReservedCodeCacheSize=128m"
    "-XX:MaxMetaspaceSize=256m" "-XX:+UseG1GC" "-XX:G1PeriodicGCInterval=30000" "-XX:MinHeapFreeRatio=20" "-XX:MaxHeapFreeRatio=40"
    "-XX:+ExitOnOutOfMemoryError" "-XX:-UsePerfData"
    --add-reads=java.xml=java.logging
    --add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED
    --patch-module "java.base=$(echo "$specs"/org.apache.karaf.specs.locator-*.jar)"
    --patch-module "java.xml=$(echo "$specs"/org.apache.karaf.specs.java.xml-[0-9]*.jar)"
    --add-opens java.base/java.security=ALL-UNNAMED --add-opens java.base/java.net=ALL-UNNAMED
    --add-opens java.base/java.lang=ALL-UNNAMED --add-opens java.base/java.util=ALL-UNNAMED
    --add-opens java.naming/javax.naming.spi=ALL-UNNAMED --add-opens java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED
    --add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED
    --add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED
    --add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED
    --add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED
    --add-exports=java.base/sun.net.www.content.text=ALL-UNNAMED
    "-Djava.security.manager=allow" "-Djdk.util.zip.disableZip64ExtraFieldValidation=true"
    "-Djava.awt.headless=true" "-Dio.netty.tryReflectionSetAccessible=true"
    "-Djava.io.tmpdir=$base/data/tmp" "-Djava.util.logging.config.file=$base/etc/java.util.logging.properties"
    "-Dkaraf.home=$home" "-Dkaraf.base=$base" "-Dkaraf.etc=$base/etc" "-Dkaraf.data=$base/data" "-Dkaraf.log=$DATA/log"
    "-Dkaraf.instances=$base/instances" "-Dkaraf.startLocalConsole=false" "-Dkaraf.startRemoteShell=true"
    "-Dkaraf.lock=false" "-Dkaraf.shutdown.timeout=60000"
    "-Dsolera.home=$home" "-Dsolera.data=$DATA" "-Dsolera.bind=$BIND" "-Dsolera.port.offset=$OFFSET"
    "-Dsolera.port.ssh=$((8101 + OFFSET))" "-Dsolera.port.internal=$((8181 + OFFSET))" "-Dsolera.drives=${drives%,}")
  [ -z "$PROFILE" ] || COMMAND+=("-Dsolera.profile=$PROFILE")
  # shellcheck disable=SC2206 # options are separated by blanks on purpose
  [ -z "${SOLERA_JAVA_OPTS:-}" ] || COMMAND+=($SOLERA_JAVA_OPTS)
  COMMAND+=(-cp "${classpath%:}" org.apache.karaf.main.Main)
}

health() { curl -ksS --max-time 5 "https://$(reach):$((8443 + OFFSET))/api/v1/system/health" 2>/dev/null; }

reach() { if [ "$BIND" = 0.0.0.0 ]; then echo 127.0.0.1; else echo "$BIND"; fi; }

# Waits for `ready`, showing what is missing as it changes.
await_ready() {
  local pid=$1 deadline=$((SECONDS + 120)) answer shown='' waiting
  while [ $SECONDS -lt $deadline ]; do
    kill -0 "$pid" 2>/dev/null || return 1
    answer=$(health || :)
    case "$answer" in
      *'"ready":true'*) return 0 ;;
      *'"ready":false'*) waiting=$(grep -o '"name":"[^"]*","status":"down"' <<<"$answer" | cut -d'"' -f4 | tr '\n' ' ' || :) ;;
      *) waiting='starting' ;;
    esac
    if [ "$waiting" != "$shown" ] && [ -n "$waiting" ]; then
      say "  waiting for: $waiting"
      shown=$waiting
    fi
    sleep 0.2
  done
  return 1
}

announce() {
  local host
  host=$(reach)
  say
  say "  console   https://$host:$((8443 + OFFSET))/   (certificate of the appliance's own authority)"
  say "  REST      https://$host:$((8443 + OFFSET))/api/v1"
  say "  S3        http://$host:$((9000 + OFFSET))"
  say "  download  http://$host:$((9101 + OFFSET))/<bucket>/<key>?imageView2/2/w/400/format/webp"
  say "  shell     ssh -p $((8101 + OFFSET)) admin@$host"
  say "  data      $DATA"
  say
  if [ -f "$DATA/run/first-boot.txt" ]; then
    say "First boot. These are shown once; keep them:"
    sed 's/^/  /' "$DATA/run/first-boot.txt"
    rm -f "$DATA/run/first-boot.txt"
    say
  fi
}

solera_run() {
  parse_instance "$@"
  find_java
  instance_data "$DATA"
  mkdir -p "$DATA/run" "$DATA/log"
  exec 9>"$DATA/run/lock"
  flock -n 9 || refuse "An appliance already runs on $DATA (process $(cat "$DATA/run/pid" 2>/dev/null)). Stop it (./solera stop --data $DATA), or choose another folder with --data."
  instance_ports_free
  need_packages "starting" curl=curl || refuse "curl is needed to see when the appliance is ready."
  need_packages "jailed image processing" bubblewrap=bwrap libvips42=lib:libvips.so.42 || :
  build_product
  local started=$SECONDS pid failed=0
  instance_etc
  instance_record
  mkdir -p "$DATA/karaf/data/tmp"
  java_command
  say "Booting on $DATA ..."
  # The appliance holds the lock (9) itself, so that it is held for as long as it lives, whatever becomes of this shell.
  # It runs in its own folder: the servlet container makes folders where it stands.
  (cd "$DATA/karaf" && exec setsid "${COMMAND[@]}") </dev/null >>"$DATA/log/console.log" 2>&1 &
  pid=$!
  echo "$pid" >"$DATA/run/pid"
  printf '%s %s\n' "$BIND" "$OFFSET" >"$DATA/run/address"
  exec 9>&-
  trap 'end_instance "$pid"; exit 130' INT TERM
  await_ready "$pid" || failed=1
  if [ $failed = 1 ]; then
    tail -n 20 "$DATA/log/console.log" >&2
    grep -E '\| (ERROR|WARN ) ' "$DATA/log/solera.log" 2>/dev/null | tail -n 10 >&2 || :
    end_instance "$pid"
    fail "The appliance did not become ready; see $DATA/log/solera.log."
  fi
  announce
  say "ready (in $((SECONDS - started)) s)"
  if [ "$DETACH" = 1 ]; then
    trap - INT TERM
    return 0
  fi
  say "Press Ctrl-C to stop."
  wait "$pid" || failed=$?
  say "The appliance ended."
  return "$failed"
}

# Ends the process cleanly; takes it down hard, and says so, when it does not end.
end_instance() {
  local pid=$1 i
  kill -TERM "$pid" 2>/dev/null || return 0
  say "Stopping ..."
  for ((i = 0; i < 600; i++)); do
    kill -0 "$pid" 2>/dev/null || { say "Stopped."; return 0; }
    # A child that ended stays visible until it is reaped.
    [ "$(sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$pid/status" 2>/dev/null)" != Z ] || { say "Stopped."; return 0; }
    sleep 0.1
  done
  say "It did not stop within 60 s and was killed; nothing acknowledged is lost."
  kill -KILL "$pid" 2>/dev/null || :
}

instance_address() { read -r BIND OFFSET <"$DATA/run/address" 2>/dev/null || :; }

solera_stop() {
  parse_instance "$@"
  [ -d "$DATA" ] && DATA=$(cd "$DATA" && pwd)
  local pid
  pid=$(instance_pid) || { say "No appliance runs on $DATA."; return 0; }
  end_instance "$pid"
  rm -f "$DATA/run/pid"
}

solera_status() {
  parse_instance "$@"
  [ -d "$DATA" ] && DATA=$(cd "$DATA" && pwd)
  local pid answer ready=false
  if ! pid=$(instance_pid); then
    if [ "$JSON" = 1 ]; then printf '{"running":false,"ready":false,"data":"%s"}\n' "$DATA"; else say "No appliance runs on $DATA."; fi
    return 1
  fi
  instance_address
  answer=$(health || :)
  case "$answer" in *'"ready":true'*) ready=true ;; esac
  if [ "$JSON" = 1 ]; then
    printf '{"running":true,"ready":%s,"pid":%s,"data":"%s","health":%s}\n' "$ready" "$pid" "$DATA" "${answer:-null}"
  else
    say "Running as process $pid on $DATA, ready: $ready"
    announce
  fi
  [ "$ready" = true ]
}
