# shellcheck shell=bash
# nightly: the long version of each harness whose short one is in `test`. All of them run, whatever the others say.

readonly NIGHTLY_KILLS=300
readonly NIGHTLY_SEEDS=200000
readonly NIGHTLY_FUZZ_S=60

nightly() {
  local kills=$NIGHTLY_KILLS failed=()
  while (($#)); do
    case $1 in
      --kills) kills=${2:-}; shift 2 || fail 'nightly: --kills needs a number.' ;;
      *) fail "nightly: unknown argument '$1'; ./stk nightly [--kills N]." ;;
    esac
  done
  need_tools
  check_sdk
  long_version 'the simulator' simulate
  long_version "torture with $kills kills" "$ROOT/stk" torture --kills "$kills"
  # Fuzzers say their seed; STK_FUZZ_SECONDS is of each.
  long_version 'the fuzzers' env STK_FUZZ_SECONDS="$NIGHTLY_FUZZ_S" "$ROOT/stk" test Fuzz
  ((${#failed[@]} == 0)) || fail "Failed: ${failed[*]}."
  say 'All long versions hold.'
}

# long_version NAME COMMAND...
long_version() {
  local name=$1
  shift
  say "## $name"
  "$@" || failed+=("$name")
}

simulate() {
  dotnet_build "$ROOT/tests/Simulation" >&2 &&
    dotnet "$ROOT/tests/Simulation/bin/Release/net10.0/Stk.Simulation.dll" --seeds "$NIGHTLY_SEEDS"
}
