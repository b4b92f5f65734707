#!/usr/bin/env bash
# A private PostgreSQL server under one directory: loopback only, checksums on, nobody else's and never root's.
#
#   postgres.sh bin [MAJOR]                 prints the directory of the server's binaries (14 or newer, or just MAJOR)
#   postgres.sh start DIR PORT              makes the cluster where there is none, starts it; harmless when it runs
#   postgres.sh stop DIR                    stops what runs in DIR and nothing else
#   postgres.sh running DIR                 exit code 0 when it runs
#   postgres.sh serve DIR PORT [--no-fsync] starts, says "ready", and when standard input ends stops and deletes it all
#   postgres.sh delete DIR                  stops it and deletes DIR and its data
#
# STK_PG_BIN names the binaries where they are in no usual place.
# Files in DIR: superuser.password (role postgres, mode 600), port, postgres.log (600), base (where the data is).
# Exit codes: 75 when the port is taken, 1 for all other failures; the reason is one sentence on standard error.
# shellcheck disable=SC2016  # single quotes: those scripts expand in the shell of the server's user
set -euo pipefail

# shellcheck source=deploy/local/limits.sh
source "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/limits.sh"

readonly OLDEST_MAJOR=14
readonly SERVER_UID=65534 # nobody: exists everywhere, owns nothing
readonly EXIT_PORT_TAKEN=75
# The longest path of a unix socket is 107 bytes; ".s.PGSQL.65535.lock" and "/socket/" are in it.
readonly BASE_LENGTH_MAX=80

main() {
  local verb=${1:-}
  case $verb in
    bin) find_binaries "${2:-}" ;;
    start) need 3 "$@"; start "$2" "$3" ;;
    stop) need 2 "$@"; stop "$2" ;;
    running) need 2 "$@"; running "$2" ;;
    serve) need 3 "$@"; serve "$2" "$3" "${4:-}" ;;
    delete) need 2 "$@"; delete "$2" ;;
    *) fail "postgres.sh: unknown verb '$verb' (bin, start, stop, running, serve, delete)" ;;
  esac
}

need() {
  local count=$1
  shift
  (($# >= count)) || fail "postgres.sh: $1 needs $((count - 1)) arguments"
}

fail() {
  printf '%s\n' "$1" >&2
  exit "${2:-1}"
}

# ---- Binaries ------------------------------------------------------------------------------------

# Prints the directory of the newest server that is new enough, or of the major version asked for.
find_binaries() {
  local wanted=${1:-} best='' best_major=0 directory major
  while IFS= read -r directory; do
    major=$(major_of "$directory") || continue
    if [[ -n $wanted ]]; then
      ((major == wanted)) || continue
    else
      ((major >= OLDEST_MAJOR && major > best_major)) || continue
    fi
    best=$directory best_major=$major
  done < <(candidates)
  [[ -n $best ]] || fail "No PostgreSQL server ${wanted:-$OLDEST_MAJOR or newer} was found (initdb and postgres; \
STK_PG_BIN names their directory): install Debian's package postgresql, or set STK_PG_BIN."
  printf '%s\n' "$best"
}

candidates() {
  local found
  if [[ -n ${STK_PG_BIN:-} ]]; then
    printf '%s\n' "$STK_PG_BIN"
    return
  fi
  found=$(command -v postgres) && dirname -- "$(readlink -f -- "$found")"
  found=$(command -v initdb) && dirname -- "$(readlink -f -- "$found")"
  compgen -G '/usr/lib/postgresql/*/bin' || true
  compgen -G '/usr/pgsql-*/bin' || true
}

major_of() {
  local version
  [[ -x $1/postgres && -x $1/initdb ]] || return 1
  version=$("$1/postgres" --version 2>/dev/null) || return 1
  [[ $version =~ \)\ ([0-9]+) ]] && printf '%s\n' "${BASH_REMATCH[1]}"
}

# ---- Who runs it, and where ----------------------------------------------------------------------

is_root() { ((EUID == 0)); }

server_uid() {
  if is_root; then echo "$SERVER_UID"; else id -u; fi
}

# Runs a command as the server's user: PostgreSQL refuses root, and rightly.
as_server() {
  if is_root; then
    setpriv --reuid="$SERVER_UID" --regid="$SERVER_UID" --clear-groups -- "$@"
  else
    "$@"
  fi
}

random() { od -An -tx1 -N24 /dev/urandom | tr -d ' \n'; }

prepare() {
  local directory=$1
  if is_root; then
    command -v setpriv >/dev/null || fail "setpriv is missing (Debian's package util-linux): without it root cannot start PostgreSQL."
  fi
  mkdir -p -- "$directory" || fail "$directory cannot be made."
}

# The directory that the server's user owns: inside DIR, or under /var/tmp where that user cannot come to DIR.
base_of() {
  local directory=$1
  if [[ -s $directory/base ]]; then
    cat -- "$directory/base"
    return
  fi
  directory=$(readlink -f -- "$directory")
  if ((${#directory} + 9 <= BASE_LENGTH_MAX)) && (cd / && as_server test -x "$directory"); then
    printf '%s/postgres\n' "$directory"
  else
    printf '/var/tmp/stk-%s\n' "$(printf '%s' "$directory" | sha256sum | cut -c1-16)"
  fi
}

make_base() {
  local directory=$1 base owner
  base=$(base_of "$directory")
  owner=$(server_uid)
  if [[ -e $base && ! -s $directory/base ]]; then
    # DIR was deleted by hand and its server was not: what is left is of no use without the passwords.
    set_aside "$base" "$owner"
  fi
  [[ -d $base ]] || mkdir -m 700 -- "$base" || fail "$base cannot be made."
  if is_root; then chown "$SERVER_UID:$SERVER_UID" -- "$base"; fi
  # /var/tmp is everyone's: a directory or link that somebody else has put there is not ours to trust.
  [[ ! -L $base && $(stat -c '%u' -- "$base") == "$owner" ]] || fail "$base is not ours: another user has made it."
  chmod 700 -- "$base"
  as_server mkdir -p -m 700 -- "$base/socket"
  printf '%s\n' "$base" >"$directory/base"
}

set_aside() {
  local base=$1 owner=$2 aside
  [[ ! -L $base && $(stat -c '%u' -- "$base") == "$owner" ]] || fail "$base is not ours: another user has made it."
  stop_data "$base/data"
  aside=$base.$(date -u +%Y%m%dT%H%M%SZ).$$
  mv -- "$base" "$aside"
  printf '%s\n' "The data of a server whose directory is gone was set aside as $aside." >&2
}

# ---- Cluster -------------------------------------------------------------------------------------

make_cluster() {
  local directory=$1 base=$2 sync=$3 bin
  [[ ! -f $base/data/PG_VERSION ]] || return 0
  bin=$(find_binaries)
  # Made beside and moved into place: an initdb that was interrupted leaves nothing that looks like a cluster.
  rm -rf -- "$base/data.new"
  (umask 077 && random >"$directory/superuser.password")
  # initdb reads the password from a file, and its user cannot read ours.
  as_server sh -c 'umask 077; cat >"$1"' sh "$base/password" <"$directory/superuser.password"
  local options=(--data-checksums --encoding=UTF8 --locale=C.UTF-8 --username=postgres
    --auth=scram-sha-256 --pwfile="$base/password" --pgdata="$base/data.new")
  [[ $sync == on ]] || options+=(--no-sync)
  (cd / && as_server "$bin/initdb" "${options[@]}") >"$directory/initdb.log" 2>&1 </dev/null ||
    fail "initdb failed: $(tail -n 1 -- "$directory/initdb.log") (all of it: $directory/initdb.log)"
  rm -f -- "$base/password"
  settings | as_server sh -c 'cat >>"$1"' sh "$base/data.new/postgresql.conf"
  mv -- "$base/data.new" "$base/data"
}

# What an operator may change later, in postgresql.conf; what must hold is on the command line of the server.
settings() {
  cat <<'CONF'

# ---- STK ----
password_encryption = scram-sha-256
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
checkpoint_timeout = 15min
timezone = UTC
log_timezone = UTC
log_line_prefix = '%m [%p] %q%u@%d '
CONF
}

# ---- Server --------------------------------------------------------------------------------------

# Prints the process id of the server on this data directory; fails where there is none.
# A process id alone can be another's by now: a postmaster's working directory is its data directory.
server_pid() {
  local data=$1 pid
  [[ -r $data/postmaster.pid ]] || return 1
  pid=$(head -n 1 -- "$data/postmaster.pid" 2>/dev/null) && [[ $pid =~ ^[0-9]+$ ]] || return 1
  [[ $(readlink -- "/proc/$pid/cwd" 2>/dev/null) == "$(readlink -f -- "$data")" ]] || return 1
  printf '%s\n' "$pid"
}

running() {
  [[ -s $1/base ]] && server_pid "$(base_of "$1")/data" >/dev/null
}

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

refuse_port() {
  fail "Port $1 of 127.0.0.1, meant for PostgreSQL, is in use by another program: set another port (STK_PG_PORT)." \
    "$EXIT_PORT_TAKEN"
}

# Starts the server as a child of this shell, and leaves its process id in server.
launch() {
  local directory=$1 port=$2 sync=$3 death_signal=$4 base bin
  prepare "$directory"
  make_base "$directory"
  base=$(base_of "$directory")
  ! port_taken "$port" || refuse_port "$port"
  make_cluster "$directory" "$base" "$sync"
  bin=$(find_binaries "$(cat -- "$base/data/PG_VERSION")")
  printf '%s\n' "$port" >"$directory/port"

  local command=(setsid)
  if is_root; then
    command+=(setpriv --reuid="$SERVER_UID" --regid="$SERVER_UID" --clear-groups)
  else
    command+=(setpriv)
  fi
  [[ -z $death_signal ]] || command+=(--pdeathsig "$death_signal")
  command+=(-- "$bin/postgres" -D "$base/data" -p "$port"
    -c listen_addresses=127.0.0.1 -c unix_socket_directories="$base/socket" -c unix_socket_permissions=0700
    -c fsync="$sync" -c synchronous_commit="$sync" -c full_page_writes="$sync")
  [[ ! -s $directory/postgres.log ]] || mv -f -- "$directory/postgres.log" "$directory/postgres.log.1"
  # Its words hold rows: who reads it reads keys and people's ids.
  (umask 077 && : >>"$directory/postgres.log")
  chmod 600 -- "$directory"/postgres.log*
  (cd / && exec "${command[@]}") >"$directory/postgres.log" 2>&1 </dev/null &
  server=$!
  await_ready "$directory" "$base/data" "$port"
}

await_ready() {
  local directory=$1 data=$2 port=$3 deadline=$((SECONDS + SERVER_READY_TIMEOUT_S))
  # The file's eighth line is the postmaster's own word; a connection could be answered by another server.
  until [[ $(server_pid "$data") == "$server" && $(sed -n 8p -- "$data/postmaster.pid" 2>/dev/null) == ready* ]]; do
    if ! kill -0 "$server" 2>/dev/null; then
      if grep -q 'could not bind' -- "$directory/postgres.log"; then refuse_port "$port"; fi
      fail "PostgreSQL did not start: $(grep -E 'FATAL|PANIC|ERROR|error' -- "$directory/postgres.log" |
        tail -n 1) (its log: $directory/postgres.log)"
    fi
    if ((SECONDS >= deadline)); then
      kill -INT "$server" 2>/dev/null || true
      fail "PostgreSQL was not ready within $SERVER_READY_TIMEOUT_S s (its log: $directory/postgres.log)."
    fi
    sleep 0.05
  done
}

start() {
  running "$1" || launch "$1" "$2" on ''
}

stop() {
  [[ -s $1/base ]] || return 0
  stop_data "$(base_of "$1")/data"
}

stop_data() {
  local pid
  pid=$(server_pid "$1") || return 0
  kill -INT "$pid" 2>/dev/null || true # fast: open transactions are rolled back
  await_end "$1" "$STOP_TIMEOUT_S" && return
  kill -QUIT "$pid" 2>/dev/null || true # at once: the next start recovers from the log
  await_end "$1" "$STOP_TIMEOUT_S" || fail "PostgreSQL (process $pid) does not stop."
}

await_end() {
  local deadline=$((SECONDS + $2))
  while server_pid "$1" >/dev/null; do
    ((SECONDS < deadline)) || return 1
    sleep 0.05
  done
}

delete() {
  local base
  [[ -s $1/base ]] || return 0 # nothing of ours
  stop "$1"
  base=$(base_of "$1")
  rm -rf -- "$base" "$1"
}

# For tests. Standard input is a pipe from whoever needs the server: however that process ends, the pipe ends with it.
serve() {
  local directory=$1 port=$2 sync=on
  case $3 in
    '') ;;
    --no-fsync) sync=off ;;
    *) fail "postgres.sh: unknown option '$3'" ;;
  esac
  # An interrupt at the terminal reaches this process too, and must not keep it from its clean-up.
  trap '' INT TERM HUP
  # Expanded here: at the exit this function's variables are gone.
  # shellcheck disable=SC2064
  trap "delete $(printf '%q' "$directory")" EXIT
  launch "$directory" "$port" "$sync" INT
  printf 'ready\n'
  while read -r _; do :; done
}

main "$@"
