# shellcheck shell=bash
# The certificates of this home's hosts, and the authority that issues them: who comes to a silo's ports proves by one what
# it is. Made by the first up, made anew by an up when they near their end.

# A host's certificate is good for 398 days: one that up has not made for so many is looked at.
readonly CERTIFICATES_LOOKED_AT_DAYS=300

make_certificates() {
  private_file "$LOGS/certificates.log"
  certificates_are_young || silo_program certificates --directory "$CERTIFICATES" >"$LOGS/certificates.log" 2>&1 ||
    fail "The certificates could not be made: $(reason_in "$LOGS/certificates.log") (all of it: $LOGS/certificates.log)"
}

# The program looks at more, and takes as long to start as a host's own look at them.
certificates_are_young() {
  local file
  for file in authority.pem authority.key.pem authorities.pem silo.pem silo.key.pem api.pem api.key.pem; do
    [[ -s $CERTIFICATES/$file ]] || return 1
  done
  [[ -z $(find "$CERTIFICATES/silo.pem" "$CERTIFICATES/api.pem" -mtime "+$CERTIFICATES_LOOKED_AT_DAYS") ]]
}

# certificate_settings ROLE: silo or api. A line each; none where STK_WITHOUT_TLS is set, as ./stk bench does to compare.
certificate_settings() {
  [[ -z ${STK_WITHOUT_TLS:-} ]] || return 0
  printf 'Stk__Tls__Authorities=%s\n' "$CERTIFICATES/authorities.pem"
  printf 'Stk__Tls__Certificate=%s\n' "$CERTIFICATES/$1.pem"
  printf 'Stk__Tls__Key=%s\n' "$CERTIFICATES/$1.key.pem"
}
