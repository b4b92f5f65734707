# shellcheck shell=bash
# The database: the private server or the one that is configured, its roles, its schema.
#
# stk_owner      owns the database and runs the migration
# stk_app        what the silos sign in as; a member of stk_service, which owns nothing and cannot rewrite the journal
# stk_api_host   what the API host signs in as; a member of stk_api, which reads where the cluster is
# stk_verifier   what verify and recompute sign in as; a member of stk_reader, which reads everything

pg() { "$LOCAL/postgres.sh" "$@" 9>&-; }

is_private() { [[ -z $STK_DATABASE ]]; }

check_database_port() {
  if is_private && ! pg running "$PG_HOME"; then
    refuse_taken_port "$STK_PG_PORT" PostgreSQL STK_PG_PORT
  fi
}

# find_or_install_postgres DIRECTORY: of the log.
find_or_install_postgres() {
  local log=$1/install.log
  is_private || return 0
  pg bin >/dev/null 2>&1 && return
  [[ -z ${STK_PG_BIN:-} ]] || pg bin >/dev/null # says what is wrong with it
  ((EUID == 0)) && command -v apt-get >/dev/null ||
    fail "PostgreSQL's server (14 or newer) is missing: install Debian's package postgresql, or set STK_PG_BIN or STK_DATABASE."
  note "Installing PostgreSQL's server."
  # Debian's package would make and start a cluster of its own; one that is configured already is not ours to change.
  if [[ ! -e /etc/postgresql-common/createcluster.conf ]]; then
    mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  fi
  {
    apt-get update &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=300 postgresql
  } >"$log" 2>&1 </dev/null 9>&- ||
    fail "PostgreSQL's server could not be installed: $(tail -n 1 -- "$log") (all of it: $log)"
  pg bin >/dev/null
}

# Leaves connection strings in STK_HOME/secrets: owner.connection for the migration, services.connection for the silos,
# api.connection for the API host, verify.connection for verify and recompute.
start_database() {
  if is_private; then
    if ! pg running "$PG_HOME"; then
      note 'Starting PostgreSQL.'
      pg start "$PG_HOME" "$STK_PG_PORT"
      STARTED_DATABASE=yes
    fi
    make_database
    connection stk_owner "$(secret owner.password)" | write_secret "$SECRETS/owner.connection"
    connection stk_app "$(secret app.password)" | write_secret "$SECRETS/services.connection"
    connection stk_api_host "$(secret api.password)" | write_secret "$SECRETS/api.connection"
    connection stk_verifier "$(secret verifier.password)" | write_secret "$SECRETS/verify.connection"
  else
    printf '%s\n' "$STK_DATABASE" | write_secret "$SECRETS/owner.connection"
    printf '%s\n' "$STK_DATABASE_SERVICES" | write_secret "$SECRETS/services.connection"
    printf '%s\n' "$STK_DATABASE_API" | write_secret "$SECRETS/api.connection"
    printf '%s\n' "$STK_DATABASE_VERIFY" | write_secret "$SECRETS/verify.connection"
  fi
}

private_port() { cat -- "$PG_HOME/port"; }

connection() { printf 'Host=127.0.0.1;Port=%s;Database=stk;Username=%s;Password=%s\n' "$(private_port)" "$1" "$2"; }

# The passwords stand in the script, not on a command line that every user can read.
make_database() {
  superuser_psql -d postgres >/dev/null <<SQL
SELECT format('CREATE ROLE %I', role)
FROM unnest(ARRAY['stk_owner', 'stk_app', 'stk_api_host', 'stk_verifier', 'stk_service', 'stk_api', 'stk_reader']) AS role
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \\gexec
ALTER ROLE stk_owner LOGIN NOCREATEROLE PASSWORD '$(secret owner.password)';
ALTER ROLE stk_app LOGIN PASSWORD '$(secret app.password)';
ALTER ROLE stk_api_host LOGIN PASSWORD '$(secret api.password)';
ALTER ROLE stk_verifier LOGIN PASSWORD '$(secret verifier.password)';
GRANT stk_service TO stk_app;
GRANT stk_api TO stk_api_host;
GRANT stk_reader TO stk_verifier;
SELECT 'CREATE DATABASE stk OWNER stk_owner' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'stk') \\gexec
REVOKE ALL ON DATABASE stk FROM PUBLIC;
GRANT CONNECT ON DATABASE stk TO stk_app, stk_api_host, stk_verifier;
SQL
}

superuser_psql() { PGOPTIONS=--client-min-messages=warning psql_as_superuser -X -q -v ON_ERROR_STOP=1 "$@"; }

psql_as_superuser() {
  local bin
  bin=$(pg bin)
  [[ -x $bin/psql ]] || bin=$(dirname -- "$(command -v psql)") ||
    fail "The program psql is missing (Debian's package postgresql-client)."
  PGPASSWORD=$(<"$PG_HOME/superuser.password") PGCLIENTENCODING=UTF8 \
    "$bin/psql" -h 127.0.0.1 -p "$(private_port)" -U postgres "$@" 9>&-
}

migrate() {
  note 'Migrating the schema.'
  private_file "$LOGS/migrate.log"
  ConnectionStrings__Stk=$(<"$SECRETS/owner.connection") silo_program migrate >"$LOGS/migrate.log" 2>&1 ||
    fail "The migration failed: $(reason_in "$LOGS/migrate.log") (all of it: $LOGS/migrate.log)"
}

# A verb of the silo's program that exits after its work: before profiles of its methods, which slow it, could pay.
silo_program() {
  [[ -f $APP/current/silo/Stk.Silo.dll ]] || fail "Nothing is built in $STK_HOME yet: run ./stk up first."
  DOTNET_TieredPGO=0 dotnet "$APP/current/silo/Stk.Silo.dll" "$@" 9>&-
}

# The sentence a program ended with: of its unhandled exception, or else its last line.
reason_in() {
  local line
  line=$(grep -E '^Unhandled exception' -- "$1" | tail -n 1 | sed -E 's/^Unhandled exception\. ([A-Za-z0-9_.]+( \(0x[0-9A-F]+\))?: )?//')
  [[ -n $line ]] || line=$(grep -vE '^\s*(at |--- |---> |$)' -- "$1" | tail -n 1)
  printf '%s' "${line:-it said nothing}"
}

open_psql() {
  is_private || fail './stk psql opens the private server, and STK_DATABASE names another: use psql itself.'
  refuse_closed read "$PG_HOME/superuser.password"
  pg running "$PG_HOME" || fail "PostgreSQL does not run in $STK_HOME: run ./stk up first."
  # A database among the arguments is the caller's choice: psql takes the last one given.
  psql_as_superuser -d stk "$@"
}

# verify and recompute: they read the database, and need no running silo.
with_database() {
  refuse_closed read "$SECRETS/verify.connection"
  [[ -s $SECRETS/verify.connection ]] || fail "There is no database in $STK_HOME yet: run ./stk up first."
  if is_private && ! pg running "$PG_HOME"; then
    fail "PostgreSQL does not run in $STK_HOME: run ./stk up first."
  fi
  ConnectionStrings__Stk=$(<"$SECRETS/verify.connection") Stk__Ledger__SigningPublicKeys=$COMMIT_PUBLIC_KEYS \
    silo_program "$@"
}

# What the nodes are asked for too has the chain's settings, as silos have.
verify() (
  local settings=()
  if [[ " $* " == *' --chain '* ]]; then
    mapfile -t settings < <(chain_settings)
    for setting in "${settings[@]}"; do export "${setting?}"; done
  fi
  with_database verify "$@"
)
