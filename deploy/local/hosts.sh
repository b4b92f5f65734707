# shellcheck shell=bash
# The silos and the API host: their ports, environment, start and health.

# Names of the silos, silo-1 first.
silo_names() {
  local number
  for ((number = 1; number <= $1; number++)); do printf 'silo-%s\n' "$number"; done
}

# Names of all silos this home has ever started: down stops each.
known_silos() {
  local file
  for file in "$RUN"/silo-*.pid; do
    [[ ! -e $file ]] || basename -- "$file" .pid
  done
}

# Writes free ports for a silo: its own, the gateway's, its health endpoint's.
choose_ports() {
  {
    printf 'silo=%s\n' "$(free_port)"
    printf 'gateway=%s\n' "$(free_port)"
    printf 'health=%s\n' "$(free_port)"
  } >"$RUN/$1.ports"
}

port_of() { sed -n "s/^$2=//p" -- "$RUN/$1.ports" 2>/dev/null; }

# A silo that was killed comes back on its ports, unless somebody else has taken one.
keep_or_choose_ports() {
  local name=$1 kind port
  for kind in silo gateway health; do
    port=$(port_of "$name" "$kind") || port=''
    if [[ -z $port ]] || port_open "$port"; then
      choose_ports "$name"
      return
    fi
  done
}

start_silo() {
  local name=$1 certificate signer
  keep_or_choose_ports "$name"
  note "Starting $name."
  mapfile -t certificate < <(certificate_settings silo)
  mapfile -t signer < <(signer_settings)
  [[ -v CHAIN_SETTINGS ]] || mapfile -t CHAIN_SETTINGS < <(chain_settings)
  spawn_host "$name" "$(port_of "$name" health)" "$APP/current/silo/Stk.Silo.dll" \
    Stk__SiloPort="$(port_of "$name" silo)" Stk__GatewayPort="$(port_of "$name" gateway)" \
    Stk__Ledger__SigningKey="$COMMIT_KEY" Stk__Ledger__SigningPublicKeys="$COMMIT_PUBLIC_KEYS" \
    Stk__Calls__Secrets="$SILOS_SECRET" Stk__Sources__SecretsDirectory="$SECRETS/sources" \
    "${certificate[@]}" "${CHAIN_SETTINGS[@]}" "${signer[@]}"
}

start_api() {
  local certificate
  refuse_taken_port "$STK_PORT" 'the API' STK_PORT
  note 'Starting the API host.'
  printf 'health=%s\n' "$STK_PORT" >"$RUN/api.ports"
  mapfile -t certificate < <(certificate_settings api)
  spawn_host api "$STK_PORT" "$APP/current/api/Stk.ApiHost.dll" Stk__DataDirectory="$STK_HOME/api" "${certificate[@]}"
}

# A role by what each does in the database.
connection_of() { [[ $1 == api ]] && printf 'api.connection\n' || printf 'services.connection\n'; }

# spawn_host NAME PORT PROGRAM SETTING=VALUE...
spawn_host() {
  local name=$1 port=$2 program=$3
  shift 3
  # From where the link points now: the running program keeps its files when the link moves.
  program=$(readlink -f -- "$program")
  # Through the environment, not the command line, which every user can read.
  (
    for setting in "$@"; do export "${setting?}"; done
    export DOTNET_ENVIRONMENT=Development ASPNETCORE_ENVIRONMENT=Development ASPNETCORE_URLS="http://127.0.0.1:$port"
    export Stk__Clock="${Stk__Clock:-manual}" Stk__Auth__KeysDirectory="$KEYS"
    ConnectionStrings__Stk=$(<"$SECRETS/$(connection_of "$name")")
    export ConnectionStrings__Stk
    # Where its appsettings.json is.
    spawn "$name" "${program%/*}" dotnet "$program"
  )
  STARTED+=("$name")
}

is_healthy() { [[ $(http_status "$(port_of "$1" health)" /health/ready) == 200 ]]; }

await_health() {
  local name=$1 deadline=$((SECONDS + HEALTH_TIMEOUT_S)) told=$SECONDS
  until is_healthy "$name"; do
    alive "$name" >/dev/null ||
      fail "$name ended at its start: $(reason_in "$LOGS/$name.log") (its log: $LOGS/$name.log)"
    ((SECONDS < deadline)) ||
      fail "$name was not healthy within $HEALTH_TIMEOUT_S s: $(reason_in "$LOGS/$name.log") (its log: $LOGS/$name.log)"
    if ((SECONDS - told >= 10)); then
      note "Waiting for $name."
      told=$SECONDS
    fi
    sleep 0.2
  done
  note "$name is healthy."
}
