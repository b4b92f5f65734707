# shellcheck shell=bash
# fuzz: the parsers of what strangers send, and intake over HTTP, each for so long. Every test run gives them a second.

fuzz() {
  local seconds=${1:-60}
  (($# <= 1)) && [[ $seconds =~ ^[1-9][0-9]{0,4}$ ]] || fail 'fuzz: ./stk fuzz [SECONDS], 1 to 99999.'
  check_sdk
  local project failed=()
  for project in ApiHost.Tests Solana.Tests; do
    # The seed of a failure is in its message; a body that intake failed at is in tests/ApiHost.Tests/Fuzzing/intake.txt.
    STK_FUZZ_SECONDS=$seconds dotnet test "$ROOT/tests/$project" -c Release --nologo \
      --filter FullyQualifiedName~Fuzzing --logger 'console;verbosity=normal' || failed+=("$project")
  done
  ((${#failed[@]} == 0)) || fail "fuzz: failed in ${failed[*]}; STK_FUZZ_SEED with the seed above repeats it."
}
