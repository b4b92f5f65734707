# shellcheck shell=bash
# fuzz: the parsers of what strangers send, each for so long. Every test run gives them a second.

fuzz() {
  local seconds=${1:-60}
  (($# <= 1)) && [[ $seconds =~ ^[1-9][0-9]{0,4}$ ]] || fail 'fuzz: ./stk fuzz [SECONDS], 1 to 99999.'
  check_sdk
  # The seed of a failure is in its message.
  STK_FUZZ_SECONDS=$seconds dotnet test "$ROOT/tests/Solana.Tests" -c Release --nologo \
    --filter FullyQualifiedName~Fuzzing --logger 'console;verbosity=normal' ||
    fail 'fuzz: a parser failed; STK_FUZZ_SEED with the seed above repeats it.'
}
