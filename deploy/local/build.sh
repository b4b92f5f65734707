# shellcheck shell=bash
# The SDK and the build. Hosts run from a copy under STK_HOME/app: a build over the files of a running program ends it.

readonly BUILT=$ROOT/src/Cli/obj/stk-built # touched by a build that covers all that up needs
readonly BUILD_LOCK=$ROOT/src/Cli/obj/stk-build.lock

check_sdk() {
  local version
  command -v dotnet >/dev/null && version=$(cd "$ROOT" && dotnet --version 2>/dev/null) && [[ $version == 10.* ]] ||
    fail "The .NET SDK 10 is missing: install it (https://dotnet.microsoft.com/download/dotnet/10.0) and try again."
}

# Whether a source has changed since the last build. Directories count: a deleted file changes its directory.
is_built() {
  [[ -f $BUILT && -f $(output_of Silo) && -f $(output_of ApiHost) && -f $(output_of Cli) &&
    -f $(output_of Signer) ]] || return 1
  [[ -z $(find "$ROOT/src" "$ROOT/Directory.Build.props" "$ROOT/Directory.Packages.props" "$ROOT/global.json" \
    \( -name bin -o -name obj \) -prune -o -newer "$BUILT" -print -quit) ]]
}

output_of() { printf '%s\n' "$ROOT/src/$1/bin/Release/net10.0/Stk.$1.dll"; }

# One build at a time in this checkout; what is up to date is not built again.
build_hosts() {
  check_sdk
  with_build_lock build_hosts_locked
}

build_hosts_locked() {
  is_built && return
  may_build
  note 'Building.'
  local log=$LOGS/build.log project started=$RUN/build.started
  make_output_directories
  touch -- "$started"
  for project in Silo ApiHost Cli Signer; do
    dotnet_build "$ROOT/src/$project" >"$log" 2>&1 || fail "The build failed: $(first_error "$log") (all of it: $log)"
  done
  # As of the start: a file saved during the build is built next time.
  touch -r "$started" -- "$BUILT"
}

# A directory that a build makes would look like a change of the sources.
make_output_directories() {
  local project
  for project in "$ROOT"/src/*/*.csproj; do mkdir -p -- "${project%/*}/bin" "${project%/*}/obj"; done
}

# One compiler for all projects of a build: it reads its analyzers once. It is no other build's and ends with this one; where
# this one is killed it ends by itself ten minutes later.
dotnet_build() {
  local compiler code=0
  compiler=stk-$(random_hex 8)
  MSBUILDDISABLENODEREUSE=1 dotnet build "$1" -c Release --nologo -v quiet \
    -p:UseSharedCompilation=true "-p:SharedCompilationId=$compiler" 9>&- 8>&- || code=$?
  end_compiler "$compiler"
  return "$code"
}

end_compiler() {
  local version sdks
  version=$(cd "$ROOT" && dotnet --version)
  sdks=$(dotnet --list-sdks | sed -n "s/^$version \[\(.*\)\]$/\1/p")
  # It may not have come to be: then every project has had a compiler of its own.
  "$sdks/$version/Roslyn/bincore/VBCSCompiler" -shutdown "-pipename:$1" >/dev/null 2>&1 || true
}

first_error() { grep -m 1 -E 'error|Error' -- "$1" || tail -n 1 -- "$1"; }

with_build_lock() {
  # Another user's checkout that is built is not written to: its lock is held all the same.
  if [[ -f $BUILD_LOCK && ! -w $BUILD_LOCK && -r $BUILD_LOCK ]]; then
    exec 8<"$BUILD_LOCK"
  else
    may_build
    mkdir -p -- "${BUILD_LOCK%/*}"
    exec 8>"$BUILD_LOCK"
  fi
  flock 8
  "$@"
  exec 8>&-
}

# Copies what was built to STK_HOME/app/NUMBER, once a build, and points STK_HOME/app/current at it.
install_build() {
  with_build_lock install_build_locked
}

install_build_locked() {
  local number target name project
  number=$(stat -c '%Y' -- "$BUILT")
  target=$APP/$number
  if [[ ! -d $target ]]; then
    rm -rf -- "$target.new"
    for name in silo:Silo api:ApiHost cli:Cli signer:Signer; do
      project=${name#*:}
      mkdir -p -- "$target.new/${name%:*}"
      cp -R --reflink=auto -- "$ROOT/src/$project/bin/Release/net10.0/." "$target.new/${name%:*}"
    done
    mv -- "$target.new" "$target"
  fi
  ln -sfn -- "$number" "$APP/current"
}

# Deletes the copies that nothing runs from any more.
forget_old_builds() {
  local copy
  for copy in "$APP"/*; do
    [[ -L $copy || $copy == "$(readlink -f -- "$APP/current")" ]] || rm -rf -- "$copy"
  done
}

readonly CLI=$APP/current/cli/Stk.Cli.dll

check_cli() {
  refuse_closed read "$CLI"
  [[ -f $CLI ]] || fail "Nothing is built in $STK_HOME yet: run ./stk up first."
}

cli() {
  check_cli
  dotnet "$CLI" "$@"
}

# In place of this script, so that a signal, a terminal and the exit code are the program's own: a verb's last step.
end_as_cli() {
  check_cli
  exec dotnet "$CLI" "$@"
}
