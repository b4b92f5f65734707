# shellcheck shell=bash
# Processes of their own, known by a file in STK_HOME/run: process id, start time, boot. All three must agree before one
# is called ours, so that a process id used again by the system is never taken for it, or killed.

boot_id() { cat /proc/sys/kernel/random/boot_id; }

# In clock ticks since boot; fails where the process is gone or only waits to be collected.
start_time() {
  local stat fields
  while stat=$(cat "/proc/$1/stat" 2>/dev/null); do
    # The second field is the program's name, which may hold blanks and brackets.
    read -ra fields <<<"${stat##*) }"
    if [[ ${fields[0]} != Z ]]; then
      printf '%s\n' "${fields[19]}"
      return
    fi
    # A process that was killed is a zombie as soon as its first thread has ended; while others end, its ports are still
    # open. The eighteenth field is their number.
    ((fields[17] > 1)) || return 1
    sleep 0.01
  done
  return 1
}

# Prints the process id while the process that was spawned under this name lives.
alive() {
  local pid started boot
  read -r pid started boot 2>/dev/null <"$RUN/$1.pid" || return 1
  [[ $boot == "$(boot_id)" && $(start_time "$pid") == "$started" ]] && printf '%s\n' "$pid"
}

# spawn NAME DIRECTORY COMMAND...: its log is STK_HOME/log/NAME.log, mode 600.
spawn() {
  local name=$1 directory=$2
  shift 2
  rm -f -- "$RUN/$name.pid"
  private_file "$LOGS/$name.log"
  (
    # Written by the process itself, before it becomes the program: none is ever unknown to down. Its id is taken first:
    # inside the substitution BASHPID is another process, which may have begun a tick later.
    self=$BASHPID
    printf '%s %s %s\n' "$self" "$(start_time "$self")" "$(boot_id)" >"$RUN/$name.pid"
    cd -- "$directory" || exit 1
    exec setsid nohup "$@"
  ) >>"$LOGS/$name.log" 2>&1 </dev/null 9>&- &
  disown
  until [[ -s $RUN/$name.pid ]]; do sleep 0.01; done
}

ask_to_stop() {
  local pid
  pid=$(alive "$1") && kill -TERM "$pid" 2>/dev/null || true
}

# Waits for its end after ask_to_stop, and ends it where it does not come.
await_stop() {
  local name=$1 pid deadline=$((SECONDS + STOP_TIMEOUT_S)) told=$SECONDS
  while pid=$(alive "$name"); do
    if ((SECONDS - told >= 10)); then
      note "Waiting for $name to end."
      told=$SECONDS
    fi
    if ((SECONDS >= deadline)); then
      note "$name did not stop within $STOP_TIMEOUT_S s: killed."
      kill -KILL "$pid" 2>/dev/null || true
      deadline=$((SECONDS + STOP_TIMEOUT_S))
    fi
    sleep 0.1
  done
  rm -f -- "$RUN/$name.pid"
}

port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# port_holder PORT: " (by NAME)" where the system tells.
port_holder() {
  local line
  command -v ss >/dev/null || return 0
  line=$(ss -Hltnp "sport = :$1" 2>/dev/null) || return 0
  [[ $line =~ users:\(\(\"([^\"]+)\",pid=([0-9]+) ]] && printf ' by %s (process %s)' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
  return 0
}

# refuse_taken_port PORT WHAT VARIABLE
refuse_taken_port() {
  ! port_open "$1" || fail "Port $1 of 127.0.0.1, meant for $2, is in use$(port_holder "$1"): free it, or set $3 to another."
}

# Below the ports that the system gives to outgoing connections, so that none of these takes it meanwhile.
free_port() {
  local port
  while :; do
    port=$((20000 + SRANDOM % 12000))
    port_open "$port" || break
  done
  printf '%s\n' "$port"
}

# http_status PORT PATH: the status of a GET, nothing where there is no answer.
http_status() {
  local line
  # Without curl, which a fresh machine need not have.
  line=$(
    exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$1" &&
      printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' "$2" >&3 &&
      IFS= read -r -t "$HEALTH_ANSWER_TIMEOUT_S" line <&3 && printf '%s' "$line"
  ) || return 1
  [[ $line =~ ^HTTP/1\.[01]\ ([0-9]{3}) ]] && printf '%s\n' "${BASH_REMATCH[1]}"
}
