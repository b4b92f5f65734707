# shellcheck shell=bash
# bench: every benchmark, one after another, each beside its peer or limit; the figures go to standard output.

bench() {
  (($# <= 1)) || fail 'bench: one name at most; ./stk bench [ledger|week|http|solana].'
  local which=${1:-all}
  case $which in
    all | ledger | week | http | solana) ;;
    *) fail "bench: unknown name '$which'; ./stk bench [ledger|week|http|solana]." ;;
  esac
  need_tools
  check_sdk
  note 'Building.'
  dotnet build "$ROOT/tests/Benchmarks" -c Release --nologo -v quiet >&2 || fail 'bench: the build failed.'
  ! wants ledger || run_benchmark ledger
  ! wants week || {
    run_benchmark week --participants 10000 --events 200000
    run_benchmark week --participants 100000 --events 2000000
  }
  ! wants http || bench_http
  ! wants solana || {
    run_benchmark solana-plan
    run_benchmark solana-kit
    run_benchmark solana-chain
  }
}

wants() { [[ $which == all || $which == "$1" ]]; }

run_benchmark() {
  say "## $*"
  dotnet "$ROOT/tests/Benchmarks/bin/Release/net10.0/Stk.Benchmarks.dll" "$@"
}

# Against hosts of its own, in a home and on ports of its own, on the host's clock: events of now are taken at once.
bench_http() {
  local home api
  home=$(mktemp -d "${TMPDIR:-/tmp}/stk-bench-XXXXXX")
  chmod 711 -- "$home"
  api=$(free_port)
  export STK_HOME=$home STK_PORT=$api STK_PG_PORT
  STK_PG_PORT=$(free_port)
  # shellcheck disable=SC2064 # this home, whatever the variable says later
  trap "STK_HOME='$home' '$ROOT/stk' down >&2; rm -rf -- '$home'" EXIT
  "$ROOT/stk" up >&2
  STK_INGEST_TOKEN=$("$ROOT/stk" token --role ingest --sub bench | tail -n 1) \
    STK_OPERATOR_TOKEN=$("$ROOT/stk" token --role operator --sub bench | tail -n 1) \
    run_benchmark http --address "http://127.0.0.1:$api"
}
