# shellcheck shell=bash
# replay: files of events through the running service, then the ledger's own check.

replay() {
  (($# > 0)) || fail 'replay: name at least one file; ./stk replay FILE...'
  local file
  for file in "$@"; do
    [[ -r $file && -f $file ]] || fail "replay: $file is no file that can be read."
  done
  alive api >/dev/null && is_healthy api || fail "STK does not run from $STK_HOME: run ./stk up first."
  # Through the environment, not the command line, which every user can read.
  STK_HOME=$STK_HOME STK_INGEST_TOKEN=$(print_token --role ingest --sub replay) \
    STK_OPERATOR_TOKEN=$(print_token --role operator --sub replay) \
    cli replay --address "$(api_address)" --progress "$STK_HOME/replay" "$@"
  with_database verify
}
