# shellcheck shell=bash
# up and down.

STARTED=()
STARTED_DATABASE=''

up() {
  local silos='' demo=0
  while (($#)); do
    case $1 in
      --demo) demo=1; shift; continue ;;
      --silos) silos=${2:-}; shift 2 || fail 'up: --silos needs a number.' ;;
      --silos=*) silos=${1#*=}; shift ;;
      *) fail "up: unknown argument '$1'; ./stk up [--silos N] [--demo]." ;;
    esac
    [[ $silos =~ ^[1-9]$ ]] || fail "up: --silos is '$silos': it must be a number, 1 to 9."
  done

  check_settings
  need_tools
  make_home
  take_lock
  silos=$(wanted_silos "$silos")
  # Before anything is built or started: a port that is taken costs nobody a minute.
  check_database_port
  alive api >/dev/null || refuse_taken_port "$STK_PORT" 'the API' STK_PORT
  build_hosts
  find_or_install_postgres "$LOGS"

  if all_run "$silos"; then
    await_all "$silos"
    say "STK runs already, from $STK_HOME."
  else
    trap undo EXIT
    start_all "$silos"
    trap - EXIT
  fi
  print_welcome "$silos"
  if ((demo)); then fill_demo; fi
}

# Fills an empty economy; again, it goes on where it was interrupted, and leaves any other alone.
fill_demo() {
  say ''
  note 'Living twelve weeks of a made-up community.'
  local chain=() address
  # What is issued is minted where somebody settles.
  if alive chain >/dev/null && alive signer >/dev/null; then
    address=$(chain_address)
    chain=(--chain-keys "$KEYS/chain" --node "alpha=$address/alpha" --node "beta=$address/beta")
  fi
  end_as_cli demo --address "$(api_address)" --key "$(signing_key)" --community "$ROOT/deploy/demo/community.json" \
    --progress "$STK_HOME/demo" "${chain[@]}" 9>&-
}

# What was asked for, or what was last; never fewer than run: down is how there come to be fewer.
wanted_silos() {
  local before=1
  [[ ! -s $RUN/silos ]] || before=$(<"$RUN/silos")
  if [[ -n $1 ]] && ! { (($1 < before)) && alive "silo-$before" >/dev/null; }; then
    printf '%s\n' "$1"
  else
    [[ -z $1 || $1 == "$before" ]] || note "$before silos run: ./stk down first, to have $1."
    printf '%s\n' "$before"
  fi
}

all_run() {
  local silo
  is_private && { pg running "$PG_HOME" || return 1; }
  while IFS= read -r silo; do
    alive "$silo" >/dev/null || return 1
  done < <(silo_names "$1")
  alive api >/dev/null && chain_is_settled && signer_is_settled
}

# What runs may be slow to say that it is healthy.
await_all() {
  local name
  for name in $(silo_names "$1") api; do
    is_healthy "$name" || await_health "$name"
  done
}

start_all() {
  local silo silos
  mapfile -t silos < <(silo_names "$1")
  install_build
  start_chain
  start_database
  make_key
  make_commit_key
  make_silos_secret
  make_certificates
  migrate
  start_signer
  printf '%s\n' "$1" >"$RUN/silos"
  for silo in "${silos[@]}"; do
    alive "$silo" >/dev/null || start_silo "$silo"
  done
  for silo in "${silos[@]}"; do await_health "$silo"; done
  alive api >/dev/null || start_api
  await_health api
  await_signer
}

# A start that failed leaves running what ran before, and nothing else.
undo() {
  local name
  # Not a second time, and not for an error of its own.
  trap - EXIT
  set +e
  for name in "${STARTED[@]}"; do ask_to_stop "$name"; done
  for name in "${STARTED[@]}"; do await_stop "$name"; done
  [[ -z $STARTED_DATABASE ]] || pg stop "$PG_HOME"
}

down() {
  (($# == 0)) || fail "down: unknown argument '$1'; ./stk down."
  may_read_home
  if [[ ! -d $RUN ]]; then
    say "Nothing runs from $STK_HOME."
    return
  fi
  need_tools
  may_write_home
  take_lock
  local name stopped=0
  if alive api >/dev/null; then
    stopped=1
    # First, so that no request meets silos that leave.
    ask_to_stop api
    await_stop api
  fi
  for name in $(known_silos); do
    ! alive "$name" >/dev/null || stopped=1
    ask_to_stop "$name"
  done
  for name in $(known_silos); do await_stop "$name"; done
  if alive signer >/dev/null; then
    stopped=1
    ask_to_stop signer
    await_stop signer
  fi
  if alive chain >/dev/null; then
    stopped=1
    ask_to_stop chain
    await_stop chain
  fi
  if pg running "$PG_HOME"; then
    stopped=1
    pg stop "$PG_HOME"
  fi
  rm -f -- "$RUN/silos" "$RUN/chain.without" "$RUN/signer.without"
  [[ ! -e $APP/current ]] || forget_old_builds
  if ((stopped)); then say "Stopped. The data stays in $STK_HOME."; else say "Nothing runs from $STK_HOME."; fi
}
