# shellcheck shell=bash
# replay: files of events through the running service, then the ledger's own check.

replay() {
  local argument files=0
  for argument in "$@"; do
    [[ $argument != --* ]] || continue
    files=$((files + 1))
    KIND=file refuse_closed read "$(absolute "$argument")"
    [[ -f $argument ]] || fail "replay: $argument is no file that can be read."
  done
  ((files > 0)) || fail 'replay: name at least one file; ./stk replay [--skip-bad-lines] FILE...'
  may_read_home
  alive api >/dev/null && is_healthy api || fail "STK does not run from $STK_HOME: run ./stk up first."
  # Through the environment, not the command line, which every user can read.
  STK_INGEST_TOKEN=$(print_token --role ingest --sub replay) || exit
  STK_OPERATOR_TOKEN=$(print_token --role operator --sub replay) || exit
  export STK_HOME STK_INGEST_TOKEN STK_OPERATOR_TOKEN
  check_cli
  hand_on dotnet "$CLI" replay --address "$(api_address)" --progress "$STK_HOME/replay" "$@"
  unset STK_INGEST_TOKEN STK_OPERATOR_TOKEN
  with_database verify
}

# hand_on COMMAND...: a signal to this script alone reaches the program too, and the script ends as the program did: it has
# the last word on what was done.
hand_on() {
  local child code=0 last
  # In the background, or bash would hear nothing before the program's end; bash puts the interrupt off there, env on again.
  env --default-signal=INT --default-signal=QUIT "$@" <&0 &
  child=$!
  # A terminal's interrupt goes to both.
  trap : INT QUIT
  trap 'kill -TERM "$child" 2>/dev/null || true' TERM
  trap 'kill -HUP "$child" 2>/dev/null || true' HUP
  while :; do
    code=0
    wait "$child" || code=$?
    kill -0 "$child" 2>/dev/null || break
  done
  # A wait that a signal ended has the signal's code: the program's own is still to be had.
  last=0
  wait "$child" 2>/dev/null || last=$?
  ((last == 127)) || code=$last
  trap - INT QUIT TERM HUP
  ((code == 0)) || exit "$code"
}
