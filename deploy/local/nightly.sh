# shellcheck shell=bash
# nightly: the long version of each harness whose short one is in `test`. All of them run, whatever the others say.

readonly NIGHTLY_KILLS=300
readonly NIGHTLY_SEEDS=200000
readonly NIGHTLY_FUZZ_S=60
readonly NIGHTLY_YEAR=(--year --kills 100)
# What --short has: enough to see that each harness starts, works and ends.
readonly SHORT_KILLS=3 SHORT_SEEDS=500 SHORT_FUZZ_S=2
readonly SHORT_YEAR=(--weeks 2 --kills 2)

nightly() {
  local kills='' seeds=$NIGHTLY_SEEDS fuzz_s=$NIGHTLY_FUZZ_S default_kills=$NIGHTLY_KILLS failed=()
  local year=("${NIGHTLY_YEAR[@]}")
  while (($#)); do
    case $1 in
      --kills) kills=${2:-}; shift 2 || fail 'nightly: --kills needs a number.' ;;
      --short) default_kills=$SHORT_KILLS seeds=$SHORT_SEEDS fuzz_s=$SHORT_FUZZ_S year=("${SHORT_YEAR[@]}"); shift ;;
      *) fail "nightly: unknown argument '$1'; ./stk nightly [--kills N] [--short]." ;;
    esac
  done
  kills=${kills:-$default_kills}
  [[ $kills =~ ^[1-9][0-9]{0,3}$ ]] || fail "nightly: --kills is '$kills': it must be a number, 1 to 9999."
  need_tools
  check_sdk
  long_version 'the simulator' simulate "$seeds"
  long_version 'the fuzzers' "$ROOT/stk" fuzz "$fuzz_s"
  long_version 'an upgrade from an earlier build' "$ROOT/stk" upgrade
  long_version "torture with $kills kills" "$ROOT/stk" torture --kills "$kills"
  long_version 'a year, undisturbed and with kills' "$ROOT/stk" torture "${year[@]}"
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

# simulate SEEDS
simulate() {
  dotnet_build "$ROOT/tests/Simulation" >&2 &&
    dotnet "$ROOT/tests/Simulation/bin/Release/net10.0/Stk.Simulation.dll" --seeds "$1"
}
