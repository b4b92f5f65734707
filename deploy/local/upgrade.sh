# shellcheck shell=bash
# upgrade: from an earlier revision to this checkout under load, host after host, and then all that torture asks. In a home
# and on ports of its own. tests/Torture is the program, this builds the earlier revision beside the present one.

# Where nothing is tagged: so many commits back, along the first parents.
readonly UPGRADE_COMMITS_BACK=20

upgrade() {
  local revision='' seed=''
  while (($#)); do
    case $1 in
      --seed) seed=${2:-}; shift 2 || fail 'upgrade: --seed needs a number.' ;;
      -*) fail "upgrade: unknown argument '$1'; ./stk upgrade [REVISION | same] [--seed S]." ;;
      *) [[ -z $revision ]] || fail 'upgrade: one revision at most; ./stk upgrade [REVISION | same] [--seed S].'
        revision=$1; shift ;;
    esac
  done
  [[ -n $seed ]] || seed=$((SRANDOM % 1000000000))
  [[ $seed =~ ^[0-9]{1,9}$ ]] || fail "upgrade: --seed is '$seed': it must be a number, 0 to 999999999."
  [[ -n $revision ]] || revision=$(last_release)
  [[ $revision == same ]] || revision=$(commit_of "$revision")
  in_home_of_its_own upgrade-here "$revision" "$seed"
}

# The last release that is not this commit; without any, a commit some way back.
last_release() {
  local tag
  command -v git >/dev/null && git -C "$ROOT" rev-parse --git-dir >/dev/null 2>&1 ||
    fail "upgrade: $ROOT is no git checkout, so there is no earlier revision: ./stk upgrade same rolls this build alone."
  if tag=$(git -C "$ROOT" describe --tags --abbrev=0 --match 'v*' HEAD^ 2>/dev/null); then
    printf '%s\n' "$tag"
  else
    printf 'HEAD~%s\n' "$UPGRADE_COMMITS_BACK"
  fi
}

commit_of() {
  git -C "$ROOT" rev-parse --verify --quiet "$1^{commit}" 2>/dev/null ||
    fail "upgrade: there is no revision '$1' in this checkout: name another, or fetch more of its history."
}

# upgrade-here REVISION SEED: in this STK_HOME, which is new. Not for people.
upgrade_here() {
  local code=0
  prepare_torture
  if [[ $1 == same ]]; then
    ln -s -- "$(readlink -- "$APP/current")" "$APP/previous"
  else
    build_previous "$1"
  fi
  start_database
  make_key
  make_commit_key
  make_silos_secret
  make_certificates
  # The schema is the earlier build's: the upgrade itself brings the new one.
  ConnectionStrings__Stk=$(<"$SECRETS/owner.connection") dotnet "$APP/previous/silo/Stk.Silo.dll" migrate \
    >"$LOGS/migrate.log" 2>&1 9>&- || fail "The earlier build's migration failed: $(reason_in "$LOGS/migrate.log")"
  say "From $(describe_revision "$1") to $(describe_revision HEAD)."
  run_torture '' --from previous --seed "$2" || code=$?
  return "$code"
}

describe_revision() {
  if [[ $1 == same ]]; then
    printf 'this build'
  else
    git -C "$ROOT" log -1 --format='%h (%cs, %s)' "$1" 2>/dev/null || printf 'this build'
  fi
}

# The files of the revision alone: no worktree is left behind, and nothing of this checkout is touched.
build_previous() {
  local source=$STK_HOME/source name project
  note "Building $1."
  mkdir -p -- "$source" "$APP/previous"
  git -C "$ROOT" archive "$1" | tar -x -C "$source"
  for name in silo:Silo api:ApiHost; do
    project=${name#*:}
    dotnet_build "$source/src/$project" >"$LOGS/build-previous.log" 2>&1 ||
      fail "The build of $1 failed: $(first_error "$LOGS/build-previous.log")"
    cp -R -- "$source/src/$project/bin/Release/net10.0" "$APP/previous/${name%:*}"
  done
  rm -rf -- "$source"
}
