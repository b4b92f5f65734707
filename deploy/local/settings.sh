# shellcheck shell=bash
# Where everything is, and how a failure is said.

readonly DONE_NOT_SHOWN=3

# A closed descriptor would be given to the first file that a program opens: what takes nothing stands in its place.
{ : >&2; } 2>/dev/null || exec 2>/dev/null
{ : >&1; } 2>/dev/null || exec 1</dev/null

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# What was asked is done before it is said: a full disk or a closed terminal does not undo it. In a substitution the caller
# takes the code.
say() { printf '%s\n' "$*" 2>/dev/null || { note "Done, but standard output takes nothing, so it cannot be shown."; exit "$DONE_NOT_SHOWN"; }; }

# The lines of progress; a result that a program may read goes through say.
note() { printf '%s\n' "$*" >&2 2>/dev/null || true; }

absolute() {
  case $1 in
    /*) printf '%s\n' "$1" ;;
    *) printf '%s/%s\n' "$PWD" "$1" ;;
  esac
}

STK_HOME=$(absolute "${STK_HOME:-$ROOT/.stk}")
STK_PORT=${STK_PORT:-8080}
STK_PG_PORT=${STK_PG_PORT:-55432}
STK_DATABASE=${STK_DATABASE:-}
STK_DATABASE_SERVICES=${STK_DATABASE_SERVICES:-$STK_DATABASE}
STK_DATABASE_API=${STK_DATABASE_API:-$STK_DATABASE_SERVICES}
STK_DATABASE_VERIFY=${STK_DATABASE_VERIFY:-$STK_DATABASE}

readonly KEYS=$STK_HOME/keys SECRETS=$STK_HOME/secrets LOGS=$STK_HOME/log RUN=$STK_HOME/run APP=$STK_HOME/app
readonly PG_HOME=$STK_HOME/postgres CERTIFICATES=$STK_HOME/certificates

# Telemetry and greetings of the SDK have no place in a service's output.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
export HOME=${HOME:-/tmp}

check_settings() {
  is_port "$STK_PORT" || fail "STK_PORT is '$STK_PORT': it must be a port, 1 to 65535."
  is_port "$STK_PG_PORT" || fail "STK_PG_PORT is '$STK_PG_PORT': it must be a port, 1 to 65535."
  [[ $STK_PORT != "$STK_PG_PORT" ]] || fail "STK_PORT and STK_PG_PORT are both $STK_PORT: they must differ."
}

is_port() { [[ $1 =~ ^[0-9]{1,5}$ ]] && ((10#$1 >= 1 && 10#$1 <= 65535)); }

need_tools() {
  local tool
  for tool in flock setsid sha256sum od; do
    command -v "$tool" >/dev/null || fail "The program $tool is missing (Debian's packages util-linux and coreutils have it)."
  done
}

make_home() {
  may_write_home
  mkdir -p -- "$STK_HOME" 2>/dev/null && [[ -w $STK_HOME ]] || fail "STK_HOME, $STK_HOME, is no directory that can be written."
  mkdir -p -- "$LOGS" "$RUN" "$APP"
  (umask 077 && mkdir -p -- "$KEYS" "$SECRETS" "$CERTIFICATES" "$STK_HOME/api")
  # Logs name people and keys, as those of an earlier build do that anybody could read.
  find "$LOGS" -maxdepth 1 -type f -name '*.log*' -user "$(id -u)" -exec chmod 600 -- {} +
}

# Makes a file that only its owner reads, before anything is written to it.
private_file() {
  (umask 077 && : >>"$1")
  chmod 600 -- "$1"
}

# One up or down at a time in this home. Held until this process ends: what it starts closes file 9.
take_lock() {
  exec 9>"$RUN/lock"
  flock -n 9 || {
    note "Another ./stk up or down works on $STK_HOME: waiting for it."
    flock 9
  }
}

random_hex() { od -An -tx1 -N"$1" /dev/urandom | tr -d ' \n'; }

# Prints a secret of this home, made at first use, for its owner's eyes alone.
secret() {
  local file=$SECRETS/$1
  [[ -s $file ]] || (umask 077 && random_hex 24 >"$file.new" && mv -- "$file.new" "$file")
  cat -- "$file"
}

# Writes standard input to a file that only its owner reads, whole or not at all.
write_secret() { (umask 077 && cat >"$1.new" && mv -- "$1.new" "$1"); }
