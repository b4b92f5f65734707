# shellcheck shell=bash
# test: every test project of the repository, three at a time, counted from their result files.

# More than two cores need: each waits much of its time, for processes to start and for the dead to be noticed.
readonly TESTS_AT_ONCE=3

run_tests() {
  (($# <= 1)) || fail 'test: one filter at most; ./stk test [FILTER].'
  local filter=${1:-}
  # The tests start what they need, in homes and on ports of their own.
  unset STK_HOME STK_PORT STK_PG_PORT STK_DATABASE STK_DATABASE_SERVICES ConnectionStrings__Stk \
    DOTNET_ENVIRONMENT ASPNETCORE_ENVIRONMENT ASPNETCORE_URLS
  # shellcheck disable=SC2034 # of database.sh: the private server's binaries
  STK_DATABASE=''
  need_tools
  check_sdk
  RESULTS=$ROOT/TestResults/stk
  # Inside the lock no other run of this checkout can count our results.
  mkdir -p -- "$RESULTS"
  exec 7>"$ROOT/TestResults/stk.lock"
  flock -n 7 || fail 'Another ./stk test runs in this checkout.'
  rm -rf -- "$RESULTS"
  mkdir -p -- "$RESULTS"

  find_or_install_postgres "$RESULTS"
  find_or_install_python "$RESULTS"
  build_tests
  start_guard
  run_projects "$filter"
  end_guard
  count_results
}

# A stranger's program is tried too: docs/verify-statement.py.
find_or_install_python() {
  local log=$1/install-python.log
  command -v python3 >/dev/null && return
  ((EUID == 0)) && command -v apt-get >/dev/null ||
    fail 'Python 3 is missing, which docs/verify-statement.py is tried with: install it and try again.'
  note 'Installing Python 3.'
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    -o DPkg::Lock::Timeout=300 python3; } >"$log" 2>&1 </dev/null ||
    fail "Python 3 could not be installed: $(tail -n 1 -- "$log") (all of it: $log)"
}

# From here on all that is started bears a mark, and ends with this process, however that ends: guard.sh hears it by a pipe
# that no other process holds, which is why all that outlasts a moment is started with 6>&-. Not before the build: a server
# of the compiler may be others' too.
start_guard() {
  local mark
  mark=$(random_hex 16)
  exec 6> >(exec env -u STK_TEST_RUN setsid "$LOCAL/guard.sh" "$mark" 7>&-)
  GUARD=$!
  export STK_TEST_RUN=$mark
}

end_guard() {
  exec 6>&-
  wait "$GUARD" || true
}

build_tests() {
  note 'Building.'
  with_build_lock build_tests_locked
}

build_tests_locked() {
  local started=$RESULTS/build.started
  make_output_directories
  touch -- "$started"
  dotnet_build "$ROOT/Stk.sln" >"$RESULTS/build.log" 2>&1 7>&- || {
    grep -E ': (error|warning) ' -- "$RESULTS/build.log" | sort -u | head -n 50 >&2 || tail -n 20 -- "$RESULTS/build.log" >&2
    fail "The build failed (all of it: $RESULTS/build.log)."
  }
  touch -r "$started" -- "$BUILT"
}

test_projects() {
  local project
  # The longest first, so that none runs alone at the end.
  for project in "$ROOT"/tests/{EndToEnd,Grains.Tests,ApiHost.Tests}/*.csproj "$ROOT"/tests/*/*.csproj; do
    if [[ -f $project ]] && grep -q 'Microsoft.NET.Test.Sdk' -- "$project"; then printf '%s\n' "$project"; fi
  done | awk '!seen[$0]++'
}

run_projects() {
  local filter=$1 project running=0
  while IFS= read -r project; do
    if ((running == TESTS_AT_ONCE)); then
      wait -n || true
      running=$((running - 1))
    fi
    run_project "$project" "$filter" 6>&- &
    running=$((running + 1))
  done < <(test_projects)
  while ((running > 0)); do
    wait -n || true
    running=$((running - 1))
  done
}

run_project() {
  local project=$1 filter=$2 name code=0 options=()
  name=$(basename -- "$project" .csproj)
  [[ -z $filter ]] || options+=(--filter "$filter")
  timeout -k 30 "$TESTS_TIMEOUT_S" \
    dotnet test "$project" --no-build -c Release --nologo --results-directory "$RESULTS" \
    --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' \
    --blame-hang-timeout "$TEST_HANG_TIMEOUT" --blame-hang-dump-type none "${options[@]}" \
    >"$RESULTS/$name.log" 2>&1 </dev/null 7>&- || code=$?
  printf '%s\n' "$code" >"$RESULTS/$name.code"
  if ((code == 0)); then
    note "$name: $(outcome_line "$name")"
  else
    # At once, whole and alone: two projects run side by side.
    {
      printf '%s failed:\n' "$name"
      cat -- "$RESULTS/$name.log"
    } >&2
  fi
}

# counts_of NAME: "total executed passed", nothing where the project wrote no result.
counts_of() {
  sed -n -E 's/.*<Counters total="([0-9]+)" executed="([0-9]+)" passed="([0-9]+)".*/\1 \2 \3/p' -- "$RESULTS/$1.trx" 2>/dev/null
}

outcome_line() {
  local total executed passed
  read -r total executed passed < <(counts_of "$1") || { printf 'no test ran'; return; }
  printf '%s passed, %s failed, %s skipped' "$passed" "$((executed - passed))" "$((total - executed))"
}

count_results() {
  local project name code total executed passed all_passed=0 all_failed=0 all_skipped=0 broken=()
  while IFS= read -r project; do
    name=$(basename -- "$project" .csproj)
    code=$(cat -- "$RESULTS/$name.code" 2>/dev/null) || code=-1
    total=0 executed=0 passed=0
    read -r total executed passed < <(counts_of "$name") || true
    # A skipped test is not executed; a failed one is executed and has not passed, whatever it is called.
    all_passed=$((all_passed + passed))
    all_failed=$((all_failed + executed - passed))
    all_skipped=$((all_skipped + total - executed))
    if ((code != 0 && executed == passed)); then broken+=("$name"); fi
  done < <(test_projects)

  local verdict=0
  if ((${#broken[@]})); then
    note "Ended without a result of its own (it crashed, hung or timed out): ${broken[*]}. See $RESULTS."
    verdict=1
  fi
  if ((all_passed + all_failed == 0)); then
    note 'No test ran.'
    verdict=1
  fi
  ((all_failed == 0)) || verdict=1
  say "$all_passed passed, $all_failed failed, $all_skipped skipped"
  return "$verdict"
}
