# shellcheck shell=bash
# What is another user's, told from what is not there: homes and checkouts that this user may not enter, read or write.

# Who runs this, for a sentence.
this_user() { id -un 2>/dev/null || printf 'user %s' "$EUID"; }

owner_of() { stat -c '%U' -- "$1" 2>/dev/null || printf 'somebody else'; }

# refuse_closed read|write PATH: fails where PATH, or a directory on the way to it, is closed to this user. What is not there
# is closed to nobody, where it may be made.
refuse_closed() {
  local mode=$1 path=$2 at='' part parts
  IFS=/ read -ra parts <<<"${path#/}"
  for part in "${parts[@]}"; do
    [[ ! -d ${at:-/} || -x ${at:-/} ]] || closed "$path" "${at:-/}" enter
    if [[ ! -e $at/$part ]]; then
      [[ $mode == read || -w ${at:-/} ]] || closed "$path" "${at:-/}" write
      return 0
    fi
    at+=/$part
  done
  [[ ! -d $at || -x $at ]] || closed "$path" "$at" enter
  if [[ $mode == read ]]; then
    [[ -r $at ]] || closed "$path" "$at" read
  else
    [[ -w $at ]] || closed "$path" "$at" write
  fi
}

# closed PATH WHERE WHAT
closed() {
  local where=$2
  [[ $1 == "$2" ]] || where="$2, on the way to $1,"
  fail "$where belongs to $(owner_of "$2"), and $(this_user) may not $3 it: be $(owner_of "$2"), or use a ${KIND:-STK_HOME} of your own."
}

# The home, for a verb that only reads it; what is in it is looked at where it is read.
may_read_home() { refuse_closed read "$RUN"; }

# The home, for a verb that changes it.
may_write_home() {
  local directory
  refuse_closed write "$STK_HOME"
  for directory in "$RUN" "$LOGS" "$APP" "$KEYS" "$SECRETS" "$CERTIFICATES"; do refuse_closed write "$directory"; done
  [[ ! -e $RUN/lock ]] || refuse_closed write "$RUN/lock"
}

# The checkout, for a verb that builds.
may_build() {
  local KIND=checkout
  refuse_closed write "$ROOT/src/Cli/obj"
  refuse_closed write "$ROOT/src/Cli/bin"
}
