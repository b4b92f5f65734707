# shellcheck shell=bash
# The signer: the one process that has the float's key, where the local chain runs. Without it everything but payouts works.

readonly SIGNER_HOME=$STK_HOME/signer SIGNER_KEY=$KEYS/chain/float.json

# Never fails: without a signer payouts wait, and nothing else does.
start_signer() {
  local port settings program=$APP/current/signer/Stk.Signer.dll
  alive chain >/dev/null && ! alive signer >/dev/null || return 0
  rm -f -- "$RUN/signer.without"
  # Makes the keys where they are missing.
  [[ -v CHAIN_SETTINGS ]] || mapfile -t CHAIN_SETTINGS < <(chain_settings)
  ((${#CHAIN_SETTINGS[@]})) && [[ -r $SIGNER_KEY ]] || { no_signer 'its key cannot be read'; return 0; }
  port=$(port_of signer health) || port=''
  until [[ -n $port ]] && ! port_open "$port"; do port=$(free_port); done
  printf 'health=%s\n' "$port" >"$RUN/signer.ports"
  (umask 077 && mkdir -p -- "$SIGNER_HOME")
  settings=(
    "${CHAIN_SETTINGS[@]}" "Stk__Signer__Socket=$SIGNER_HOME/socket" "Stk__Signer__Directory=$SIGNER_HOME"
    "Stk__Signer__KeyFile=$SIGNER_KEY" DOTNET_ENVIRONMENT=Development ASPNETCORE_ENVIRONMENT=Development
    "ASPNETCORE_URLS=http://127.0.0.1:$port"
  )
  program=$(readlink -f -- "$program")
  # Once for a key: where one that has signed has lost its file, the signer says so, and signs nothing.
  if [[ ! -e $SIGNER_KEY.begun && ! -e $SIGNER_HOME/book ]]; then
    private_file "$LOGS/signer.log"
    (without_databases "${settings[@]}" && dotnet "$program" begin) >>"$LOGS/signer.log" 2>&1 9>&- ||
      { no_signer "its file could not be begun: $(tail -n 1 -- "$LOGS/signer.log")"; return 0; }
  fi
  note 'Starting the signer.'
  (without_databases "${settings[@]}" && spawn signer "${program%/*}" dotnet "$program")
  STARTED+=(signer)
}

# Exports settings, and takes away whatever could name a database.
without_databases() {
  local setting
  unset ConnectionStrings__Stk STK_DATABASE STK_DATABASE_SERVICES STK_DATABASE_API STK_DATABASE_VERIFY
  for setting in "$@"; do export "${setting?}"; done
}

# After the other hosts, which it keeps waiting for nothing.
await_signer() {
  local deadline=$((SECONDS + HEALTH_TIMEOUT_S))
  [[ -e $RUN/signer.ports ]] && alive chain >/dev/null && [[ ! -e $RUN/signer.without ]] || return 0
  until is_healthy signer; do
    if ! alive signer >/dev/null || ((SECONDS >= deadline)); then
      no_signer "it did not start (its log: $LOGS/signer.log)"
      return 0
    fi
    sleep 0.2
  done
}

no_signer() {
  note "No signer: $1. Payouts wait; everything else works."
  : >"$RUN/signer.without"
}

# Whether there is nothing to start: what could not be had is tried again after a down.
signer_is_settled() { alive signer >/dev/null || ! alive chain >/dev/null || [[ -e $RUN/signer.without ]]; }

# What silos are told of it, a line each.
signer_settings() {
  ! alive chain >/dev/null || printf 'Stk__Settlement__Signer=%s\n' "$SIGNER_HOME/socket"
}
