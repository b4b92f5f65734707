#!/usr/bin/env bash
# guard.sh MARK: ends what a run of tests has left running, and deletes what it has left lying, once that run is over,
# however it ended.
#
# Standard input is a pipe from the run: however its process ends, the pipe ends with it. A line "own DIRECTORY" names what
# is deleted then, a line "keep DIRECTORY" takes that back.
# A process is the run's where STK_TEST_RUN=MARK was in its environment when it was started. Whatever the run starts hands
# that down, hosts in sessions of their own too. Private servers of tests are without it: they end by pipes of their own.
set -euo pipefail

LOCAL=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
readonly LOCAL MARK=${1:?guard.sh MARK}
# shellcheck source=deploy/local/limits.sh
source "$LOCAL/limits.sh"

OWNED=()

main() {
  # No pipe of the run's is held open; an interrupt at the terminal is for the run, and the work here comes after it.
  exec >/dev/null 2>&1
  trap '' INT TERM HUP
  local word directory
  while read -r word directory; do
    case $word in
      own) OWNED+=("$directory") ;;
      keep) keep "$directory" ;;
    esac
  done
  kill_hosts
  for directory in "${OWNED[@]}"; do delete_home "$directory"; done
  stop_servers
}

keep() {
  local directory kept=()
  for directory in "${OWNED[@]}"; do [[ $directory == "$1" ]] || kept+=("$directory"); done
  OWNED=("${kept[@]}")
}

# Prints the run's processes: PostgreSQL's, or all others. A child between fork and exec still shows its parent's environment.
marked() {
  local file pid name
  grep -lzFxs -- "STK_TEST_RUN=$MARK" /proc/[0-9]*/environ | while IFS= read -r file; do
    pid=${file#/proc/} pid=${pid%/environ}
    name=$(cat -- "/proc/$pid/comm" 2>/dev/null) || continue
    if [[ $1 == servers ]]; then [[ $name == postgres ]]; else [[ $name != postgres ]]; fi && printf '%s\n' "$pid"
  done || true
}

# At once, and again until there are none: one that is killed may just have started another.
kill_hosts() {
  local pids
  while mapfile -t pids < <(marked hosts) && ((${#pids[@]})); do
    kill -KILL "${pids[@]}" 2>/dev/null || true
    sleep 0.1
  done
}

# Asked to stop, as its shared memory would outlive a kill.
stop_servers() {
  local pids signal=INT deadline=$((SECONDS + STOP_TIMEOUT_S))
  while mapfile -t pids < <(marked servers) && ((${#pids[@]})); do
    ((SECONDS < deadline)) || signal=KILL
    kill "-$signal" "${pids[@]}" 2>/dev/null || true
    sleep 0.5
  done
}

# A home of ./stk, or a directory with such homes in it.
delete_home() {
  local home mounted
  for home in "$1" "$1"/*; do
    [[ ! -s $home/postgres/base ]] || "$LOCAL/postgres.sh" delete "$home/postgres" || true
  done
  # The small disk of a torture run.
  while read -r _ mounted _; do
    [[ $mounted != "$1"/* ]] || umount -- "$mounted" || true
  done </proc/self/mounts
  rm -rf -- "$1"
}

main
