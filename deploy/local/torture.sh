# shellcheck shell=bash
# torture: kills, cuts and fills while it works, and then asks whether all that was promised holds. In a home and on ports
# of its own; Development only. tests/Torture is the program, this prepares what it breaks.

readonly TORTURE=$ROOT/tests/Torture
readonly TORTURE_DISK_MIB=768
readonly TORTURE_WEEKS=52

torture() {
  local kills=20 seed='' weeks=''
  while (($#)); do
    case $1 in
      --year) weeks=$TORTURE_WEEKS; shift ;;
      --weeks) weeks=${2:-}; shift 2 || fail 'torture: --weeks needs a number.' ;;
      --kills) kills=${2:-}; shift 2 || fail 'torture: --kills needs a number.' ;;
      --seed) seed=${2:-}; shift 2 || fail 'torture: --seed needs a number.' ;;
      *) fail "torture: unknown argument '$1'; ./stk torture [--year] [--weeks N] [--kills N] [--seed S]." ;;
    esac
  done
  [[ -z $weeks || $weeks =~ ^[1-9][0-9]?$ ]] || fail "torture: --weeks is '$weeks': it must be a number, 1 to 99."
  [[ $kills =~ ^[1-9][0-9]{0,3}$ ]] || fail "torture: --kills is '$kills': it must be a number, 1 to 9999."
  [[ -n $seed ]] || seed=$((SRANDOM % 1000000000))
  [[ $seed =~ ^[0-9]{1,9}$ ]] || fail "torture: --seed is '$seed': it must be a number, 0 to 999999999."
  if [[ -n $weeks ]]; then
    torture_year "$kills" "$seed" "$weeks"
    return
  fi
  # The settings are read once, at the start of the script: a home of its own is one for a script of its own.
  in_home_of_its_own torture-here "$kills" "$seed"
}

# torture_year KILLS SEED WEEKS: the same year twice, undisturbed and with kills; all exports are to be the same.
torture_year() {
  local exports code=0
  exports=$(mktemp -d "${TMPDIR:-/var/tmp}/stk-year.XXXXXX")
  in_home_of_its_own torture-year-here 0 "$2" "$3" "$exports/undisturbed" || return
  in_home_of_its_own torture-year-here "$1" "$2" "$3" "$exports/disturbed" || return
  diff -r -- "$exports/undisturbed" "$exports/disturbed" >&2 || code=$?
  if ((code != 0)); then
    fail "torture: the exports of the disturbed year are not those of the undisturbed one: $exports."
  fi
  say "ok   $(find "$exports/disturbed" -type f | wc -l) exports of the disturbed year are those of the undisturbed one, byte for byte"
  rm -rf -- "$exports"
}

# torture-year-here KILLS SEED WEEKS EXPORTS: in this STK_HOME, which is new. Not for people.
torture_year_here() {
  local code=0
  prepare_torture
  start_database
  make_key
  make_commit_key
  make_silos_secret
  make_certificates
  migrate
  run_torture '' --kills "$1" --seed "$2" --weeks "$3" --exports "$4" || code=$?
  return "$code"
}

# in_home_of_its_own VERB ARGUMENT...
in_home_of_its_own() {
  local home code=0
  home=$(mktemp -d "${TMPDIR:-/var/tmp}/stk-torture.XXXXXX")
  # The database server's user must pass through.
  chmod 711 -- "$home"
  env -u STK_DATABASE -u STK_DATABASE_SERVICES -u STK_DATABASE_API -u STK_DATABASE_VERIFY -u ConnectionStrings__Stk -u DOTNET_ENVIRONMENT -u ASPNETCORE_ENVIRONMENT \
    -u ASPNETCORE_URLS -u STK_FAULTS STK_HOME="$home" STK_PORT="$(free_port)" STK_PG_PORT="$(free_port)" \
    "$ROOT/stk" "$@" || code=$?
  if ((code == 0)); then
    rm -rf -- "$home"
  else
    note "The home of the run, with logs, operations.jsonl and data, is kept: $home ($*)."
  fi
  return "$code"
}

# torture-here KILLS SEED: in this STK_HOME, which is new. Not for people.
torture_here() {
  local code=0 disk=''
  prepare_torture
  if mount_disk; then disk=$PG_HOME; fi
  start_database
  if [[ -n $disk ]]; then keep_log_small; fi
  # What is final is so some 32 slots later: a run sees many payouts come to their end.
  CHAIN_SLOT_MS=50
  start_chain
  (umask 077 && mkdir -p -- "$SIGNER_HOME")
  make_key
  make_commit_key
  make_silos_secret
  make_certificates
  migrate
  run_torture "$disk" --kills "$1" --seed "$2" || code=$?
  return "$code"
}

# Builds, and copies what was built into this home. From here on all that runs is ended with this script.
prepare_torture() {
  check_settings
  need_tools
  make_home
  take_lock
  build_hosts
  build_torture
  find_or_install_postgres "$LOGS"
  trap end_torture EXIT
  install_build
  # From a copy, like the hosts: a build meanwhile harms no run.
  cp -R -- "$(dirname -- "$(torture_output)")" "$STK_HOME/torture"
}

# run_torture DISK ARGUMENT...
run_torture() {
  local disk=$1
  shift
  STK_HOME=$STK_HOME STK_POSTGRES_SCRIPT=$LOCAL/postgres.sh STK_TORTURE_DISK=$disk \
    STK_INGEST_TOKEN=$(print_token --role ingest --sub torture) \
    STK_OPERATOR_TOKEN=$(print_token --role operator --sub torture) \
    dotnet "$STK_HOME/torture/Stk.Torture.dll" "$@" 9>&-
}

torture_output() { printf '%s\n' "$TORTURE/bin/Release/net10.0/Stk.Torture.dll"; }

build_torture() { with_build_lock build_torture_locked; }

build_torture_locked() {
  local output
  output=$(torture_output)
  if [[ -f $output && -z $(find "$TORTURE" "$ROOT/tests/Testing" "$ROOT/src" \( -name bin -o -name obj \) -prune -o \
    -type f -newer "$output" -print -quit) ]]; then
    return
  fi
  note 'Building the torture program.'
  dotnet_build "$TORTURE" >"$LOGS/build.log" 2>&1 ||
    fail "The build failed: $(first_error "$LOGS/build.log") (all of it: $LOGS/build.log)"
  touch -- "$output"
}

# A file system that can be filled without harm to anybody else.
mount_disk() {
  mkdir -p -- "$PG_HOME"
  ((EUID == 0)) && mount -t tmpfs -o "size=${TORTURE_DISK_MIB}m,mode=711" stk-torture "$PG_HOME" 2>/dev/null
}

# The write-ahead log alone would outgrow it by the settings of a real disk.
keep_log_small() {
  superuser_psql -d postgres >/dev/null <<'SQL'
ALTER SYSTEM SET max_wal_size = '128MB';
ALTER SYSTEM SET min_wal_size = '48MB';
SELECT pg_reload_conf();
SQL
}

# Whatever happened: nothing that was started stays, and the data is where it can be looked at.
end_torture() {
  local name pid
  trap - EXIT
  set +e
  for name in api silo-1 silo-2 signer chain; do
    # What stands still hears no other signal.
    pid=$(alive "$name") && kill -KILL "$pid" 2>/dev/null
  done
  pg stop "$PG_HOME"
  if mountpoint -q -- "$PG_HOME"; then
    cp -a -- "$PG_HOME" "$PG_HOME.kept"
    umount -- "$PG_HOME" && rmdir -- "$PG_HOME" && mv -- "$PG_HOME.kept" "$PG_HOME"
  fi
}
