# shellcheck shell=bash
# Verbs that ask the API: this home's, or the one that --address names.

# In place of this script, so that a terminal, an interrupt and the exit code are the program's own.
ask_api() {
  local program=$APP/current/cli/Stk.Cli.dll port
  if [[ ! -r $program ]]; then
    program=$(output_of Cli)
    [[ -r $program ]] || build_cli
  fi
  port=$(port_of api health) || port=''
  export STK_PORT=${port:-$STK_PORT}
  exec dotnet "$program" "$@"
}

# On a machine that only speaks to another's API.
build_cli() {
  check_sdk
  may_build
  make_home
  note 'Building.'
  with_build_lock dotnet_build "$ROOT/src/Cli" >"$LOGS/build.log" 2>&1 ||
    fail "The build failed: $(first_error "$LOGS/build.log") (all of it: $LOGS/build.log)"
}
