# shellcheck shell=bash
# bench: every benchmark, one after another, each beside its peer or limit; the figures go to standard output.

bench() {
  (($# <= 1)) || fail 'bench: one name at most; ./stk bench [ledger|week|vesting|quarter|notices|http|overload|spending|start|solana].'
  local which=${1:-all}
  case $which in
    all | ledger | week | vesting | quarter | notices | http | overload | spending | start | solana) ;;
    *) fail "bench: unknown name '$which'; ./stk bench [ledger|week|vesting|quarter|notices|http|overload|spending|start|solana]." ;;
  esac
  need_tools
  check_sdk
  note 'Building.'
  dotnet build "$ROOT/tests/Benchmarks" -c Release --nologo -v quiet >&2 || fail 'bench: the build failed.'
  ! wants ledger || {
    run_benchmark ledger
    run_benchmark ledger-tls
    run_benchmark ledger-callers
  }
  ! wants week || {
    run_benchmark week --participants 10000 --events 200000
    run_benchmark week --participants 100000 --events 2000000
  }
  ! wants vesting || {
    run_benchmark vesting --grants 100000
    run_benchmark vesting-pending --pending 1000000 --participants 10000
  }
  ! wants quarter || run_benchmark quarter --participants 1000000 --inactive 100000
  ! wants notices || {
    run_benchmark drawing --count 10000
    run_benchmark drawing-crowd --at-once 100
    run_benchmark monday --participants 100000 --seconds 600
  }
  ! wants http || {
    (bench_http)
    say '## http, without certificates on the ports between API host and silo'
    (export STK_WITHOUT_TLS=1 && bench_http)
  }
  ! wants overload || (bench_overload)
  ! wants spending || (bench_spending)
  ! wants start || (bench_start)
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

# Hosts of a benchmark's own, in a home and on ports of their own, on the host's clock: events of now are taken at once.
# In a subshell: they end with it.
bench_hosts() {
  STK_HOME=$(mktemp -d "${TMPDIR:-/tmp}/stk-bench-XXXXXX")
  chmod 711 -- "$STK_HOME"
  STK_PORT=$(free_port)
  STK_PG_PORT=$(free_port)
  export STK_HOME STK_PORT STK_PG_PORT
  # shellcheck disable=SC2064 # this home, whatever the variable says later
  trap "STK_HOME='$STK_HOME' '$ROOT/stk' down >&2; rm -rf -- '$STK_HOME'" EXIT
  "$ROOT/stk" up >&2
}

bench_tokens() {
  STK_INGEST_TOKEN=$("$ROOT/stk" token --role ingest --sub bench | tail -n 1)
  STK_OPERATOR_TOKEN=$("$ROOT/stk" token --role operator --sub bench | tail -n 1)
  export STK_INGEST_TOKEN STK_OPERATOR_TOKEN
}

bench_http() {
  bench_hosts
  bench_tokens
  run_benchmark http --address "http://127.0.0.1:$STK_PORT" --home "$STK_HOME"
}

bench_overload() {
  bench_hosts
  bench_tokens
  run_benchmark overload --address "http://127.0.0.1:$STK_PORT" --home "$STK_HOME"
}

# With the torture grain, which posts to the ledger and does nothing else: the ledger's own figure.
bench_spending() {
  export Stk__Torture=true
  bench_hosts
  bench_tokens
  run_benchmark spending --address "http://127.0.0.1:$STK_PORT" --home "$STK_HOME"
  run_benchmark spending-streams --address "http://127.0.0.1:$STK_PORT" --home "$STK_HOME"
  "$ROOT/stk" verify --harness
}

# How long up takes on a large database that is there already, and what idle hosts take of the memory. Participants and
# their events of the open week are written straight into the tables, as intake leaves them.
bench_start() {
  local participants=1000000 round started ended
  say '## start'
  bench_hosts
  "$ROOT/stk" psql -q -v ON_ERROR_STOP=1 -v participants=$participants >&2 <<'SQL'
INSERT INTO economy.genesis (at) VALUES (date_trunc('week', now()));
INSERT INTO activity.participants (id, shard, registered_at)
SELECT id, get_byte(sha256(convert_to(id, 'UTF8')), 0) >> 2, now()
FROM (SELECT 'p' || n AS id FROM generate_series(1, :participants) AS n) AS new;
INSERT INTO activity.sources (name) VALUES ('bench');
INSERT INTO activity.weeks (week) VALUES (to_char(now(), 'IYYYIW')::integer) ON CONFLICT DO NOTHING;
INSERT INTO activity.events (source_id, uuid, participant, week, day, shard, outcome, at, type)
SELECT source.id, gen_random_uuid(), participant.number, to_char(now(), 'IYYYIW')::integer, now()::date, participant.shard,
    1, now(), (ARRAY['SectionCompleted', 'ExerciseSave'])[n]
FROM activity.participants participant CROSS JOIN generate_series(1, 2) AS n CROSS JOIN activity.sources source;
ANALYZE;
SQL
  say "$participants participants, $("$ROOT/stk" psql -A -t -c 'SELECT count(*) FROM activity.events') events"
  for round in 1 2 3; do
    "$ROOT/stk" down >&2
    started=$(date +%s%3N)
    "$ROOT/stk" up >&2
    ended=$(date +%s%3N)
    # Once the first minute's work is done.
    sleep 60
    say "round $round: up to healthy $((ended - started)) ms; idle memory: silo $(resident_mib silo-1) MiB, API host $(resident_mib api) MiB"
  done
}

resident_mib() {
  local id
  read -r id _ <"$STK_HOME/run/$1.pid"
  awk '/^VmRSS:/ { print int($2 / 1024) }' "/proc/$id/status"
}
