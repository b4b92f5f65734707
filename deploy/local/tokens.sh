# shellcheck shell=bash
# The signing key of this home, and what is signed with it. "development-": no Production host accepts its tokens.

make_key() {
  [[ -n $(signing_key) ]] || cli keys new --directory "$KEYS" --name "development-$(random_hex 8)" >/dev/null
}

# What the silos sign commits with: in files, never in the database.
readonly COMMIT_KEY=$SECRETS/commits.key COMMIT_PUBLIC_KEYS=$SECRETS/commits.public.pem

make_commit_key() {
  [[ -s $COMMIT_KEY ]] || (umask 077 && silo_program signing-key "$COMMIT_KEY" "$COMMIT_PUBLIC_KEYS")
}

# What the silos tell each other's calls from a client's by: for the silos alone.
readonly SILOS_SECRET=$SECRETS/silos.secret

make_silos_secret() { secret "${SILOS_SECRET##*/}" >/dev/null; }

signing_key() {
  refuse_closed read "$KEYS"
  compgen -G "$KEYS/development-*.key.pem" | head -n 1 || true
}

print_token() {
  local key
  key=$(signing_key) || exit 1
  [[ -n $key ]] || fail "There is no key in $STK_HOME yet: run ./stk up first."
  refuse_closed read "$key"
  cli token --key "$key" "$@"
}

# As whom, and who.
sign_in_link() { cli sign-in-link --key "$(signing_key)" --address "$(api_address)" "$@"; }

print_sign_in() {
  local key
  key=$(signing_key) || exit 1
  [[ -n $key ]] || fail "There is no key in $STK_HOME yet: run ./stk up first."
  refuse_closed read "$key"
  alive api >/dev/null || fail "The API does not run from $STK_HOME: run ./stk up first."
  sign_in_link "$@"
}

api_address() { printf 'http://127.0.0.1:%s\n' "$(port_of api health)"; }

print_welcome() {
  local address silo
  address=$(api_address)
  say "API          $address/api/v1/tokenomics (to read and try: $address/docs)"
  if is_private; then say "PostgreSQL   127.0.0.1:$(private_port), database stk (./stk psql)"; fi
  while IFS= read -r silo; do
    say "$silo       127.0.0.1:$(port_of "$silo" silo), gateway $(port_of "$silo" gateway), health http://127.0.0.1:$(port_of "$silo" health)/health/ready"
  done < <(silo_names "$1")
  chain_line
  say "Logs         $LOGS"
  say ''
  say "Tokens (12 hours for operator and auditor, 30 days for the others; more by ./stk token):"
  say "operator     $(print_token --role operator --sub operator)"
  say "auditor      $(print_token --role auditor --sub auditor)"
  say "ingest       $(print_token --role ingest --sub replay)"
  say "participant  $(print_token --role participant --sub alice)"
  say ''
  say "A participant's sign-in, once, within 10 minutes (more by ./stk sign-in):"
  say "$(sign_in_link --role participant --sub alice)"
  say ''
  say "Operator's sign-in, once, within 10 minutes:"
  say "$(sign_in_link --role operator --sub operator)"
}
