# shellcheck shell=bash
# The local chain: LiteSVM behind Solana's JSON-RPC, where Node is present. Without it everything else works.

readonly CHAIN_SOURCE=$LOCAL/solana CHAIN_HOME=$STK_HOME/chain
readonly NODE_OLDEST_MAJOR=20 NODE_OLDEST_MINOR=18
# Solana's own; torture has them shorter.
CHAIN_SLOT_MS=400

# Prints the program of a Node that is new enough.
find_node() {
  local node version
  for node in node nodejs; do
    version=$("$node" --version 2>/dev/null) || continue
    [[ $version =~ ^v([0-9]+)\.([0-9]+)\. ]] || continue
    if ((BASH_REMATCH[1] > NODE_OLDEST_MAJOR ||
      (BASH_REMATCH[1] == NODE_OLDEST_MAJOR && BASH_REMATCH[2] >= NODE_OLDEST_MINOR))); then
      command -v "$node"
      return
    fi
  done
  return 1
}

# What the lock file names, once; the tests do the same, under the same lock, and leave the same mark.
install_chain() {
  local installed=$CHAIN_SOURCE/node_modules/.stk-installed
  # In another user's checkout what is installed can be used, and nothing else.
  if [[ -w $CHAIN_SOURCE ]]; then
    exec 8>"$CHAIN_SOURCE/.stk-npm.lock"
  elif [[ -r $CHAIN_SOURCE/.stk-npm.lock ]]; then
    exec 8<"$CHAIN_SOURCE/.stk-npm.lock"
  else
    echo "$CHAIN_SOURCE belongs to $(owner_of "$CHAIN_SOURCE"), and $(this_user) may not write it." >"$LOGS/npm.log"
    return 1
  fi
  flock 8
  if ! cmp -s -- "$CHAIN_SOURCE/package-lock.json" "$installed"; then
    note "Installing the local chain's packages."
    if ! (cd "$CHAIN_SOURCE" && timeout "$NPM_TIMEOUT_S" npm ci --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000) >"$LOGS/npm.log" 2>&1 9>&- 8>&- ||
      ! cp -- "$CHAIN_SOURCE/package-lock.json" "$installed"; then
      exec 8>&-
      return 1
    fi
  fi
  exec 8>&-
}

# Never fails: the economy needs no chain yet.
start_chain() {
  local node port deadline=$((SECONDS + CHAIN_TIMEOUT_S))
  ! alive chain >/dev/null || return 0
  node=$(find_node) || { note "No local chain: Node $NODE_OLDEST_MAJOR.$NODE_OLDEST_MINOR or newer is not here."; return 0; }
  if ! install_chain; then
    note "No local chain: its packages could not be installed: $(tail -n 1 -- "$LOGS/npm.log") ($LOGS/npm.log)"
    : >"$RUN/chain.without"
    return 0
  fi
  port=$(port_of chain rpc) || port=''
  # Subscriptions are on the port after that of calls.
  until [[ -n $port ]] && ! port_open "$port" && ! port_open "$((port + 1))"; do port=$(free_port); done
  printf 'rpc=%s\n' "$port" >"$RUN/chain.ports"
  (umask 077 && mkdir -p -- "$CHAIN_HOME")
  rm -f -- "$CHAIN_HOME/chain.json"
  note 'Starting the local chain.'
  spawn chain "$CHAIN_SOURCE" "$node" main.mjs --home "$CHAIN_HOME" --port "$port" --slot-ms "$CHAIN_SLOT_MS"
  STARTED+=(chain)
  until [[ -s $CHAIN_HOME/chain.json ]]; do
    if ! alive chain >/dev/null || ((SECONDS >= deadline)); then
      note "No local chain: it did not start (its log: $LOGS/chain.log)."
      : >"$RUN/chain.without"
      return 0
    fi
    sleep 0.1
  done
  rm -f -- "$RUN/chain.without"
}

# Whether there is nothing to start: what could not be had is tried again after a down.
chain_is_settled() { alive chain >/dev/null || [[ -e $RUN/chain.without ]] || ! find_node >/dev/null; }

chain_line() {
  if alive chain >/dev/null; then
    say "Solana       http://127.0.0.1:$(port_of chain rpc)/alpha and /beta, a local chain (./stk chain init, status)"
    say "             subscriptions: ws://127.0.0.1:$(($(port_of chain rpc) + 1))/alpha and /beta"
  else
    say "Solana       no local chain: Node $NODE_OLDEST_MAJOR.$NODE_OLDEST_MINOR or newer is not here, or its packages are not ($LOGS)"
  fi
}

# What silos are told of the local chain, a line each: its nodes, and STK's own addresses, whose keys are made here where they
# are missing. None where no chain runs: then no wallet is linked, and everything else works.
chain_settings() {
  alive chain >/dev/null || return 0
  local address
  address=http://127.0.0.1:$(port_of chain rpc)
  cli chain settings --keys "$KEYS/chain" --chain localnet --node "alpha=$address/alpha" --node "beta=$address/beta" ||
    note 'Wallets cannot be linked: the keys of the local chain cannot be read.'
}

# The address of the local chain, where it runs.
chain_address() {
  alive chain >/dev/null ||
    fail "The local chain does not run: ./stk up starts it where Node $NODE_OLDEST_MAJOR.$NODE_OLDEST_MINOR or newer is present."
  printf 'http://127.0.0.1:%s' "$(port_of chain rpc)"
}

# chain init | status: mint, vault and float on the local chain. tx: what a signature has done there. All others ask the API.
chain() {
  local verb=${1:-} address options=()
  case $verb in
    acts | mint | refill | burn | memo | approve | reject | sign) ask_api chain "$@" ;;
    tx)
      (($# == 2)) || fail 'chain tx: ./stk chain tx SIGNATURE.'
      may_read_home
      address=$(chain_address)
      end_as_cli chain tx "$2" --node "alpha=$address/alpha" --node "beta=$address/beta"
      ;;
  esac
  (($# == 1)) && [[ $verb == init || $verb == status ]] ||
    fail 'chain: ./stk chain init, status, tx, acts, mint, refill, burn, memo, approve, reject, or sign.'
  may_read_home
  refuse_closed read "$KEYS/chain"
  address=$(chain_address)
  # Lamports cost nothing here.
  [[ $verb == status ]] || options=(--airdrop)
  end_as_cli chain "$verb" --keys "$KEYS/chain" --node "alpha=$address/alpha" --node "beta=$address/beta" "${options[@]}"
}
