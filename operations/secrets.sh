#!/bin/sh
# Secrets for compose.yaml, and tokens signed with them. Needs openssl.
#   sh operations/secrets.sh > .env                once: random secrets, and the token with which Prometheus reads the metrics
#   sh operations/secrets.sh token USER [admin]    a token for a day, signed with TOKEN_SECRET of the environment or of .env
# In production your identity provider signs; then only Prometheus' token is still to be made, there.
set -eu

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

sign() { # secret user roles seconds: a JWT, HS256, as the server expects it
  now=$(date +%s)
  signed=$(printf '{"alg":"HS256","typ":"JWT"}' | base64url).$(
    printf '{"iss":"sunchak","aud":"sunchak","sub":"%s","roles":[%s],"iat":%d,"exp":%d}' "$2" "$3" "$now" $((now + $4)) | base64url
  )
  printf '%s.%s\n' "$signed" "$(printf %s "$signed" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(printf %s "$1" | od -An -v -tx1 | tr -d ' \n')" -binary | base64url)"
}

case ${1:-new} in
  new)
    secret=$(openssl rand -hex 32)
    printf 'REDIS_PASSWORD=%s\nPOSTGRES_PASSWORD=%s\nGRAFANA_PASSWORD=%s\nTOKEN_SECRET=%s\nMETRICS_TOKEN=%s\n' \
      "$(openssl rand -hex 24)" "$(openssl rand -hex 24)" "$(openssl rand -hex 12)" "$secret" \
      "$(sign "$secret" prometheus '"admin"' 31536000)"
    ;;
  token)
    user=${2:?whose token? sh operations/secrets.sh token USER [admin]}
    case $user in
      *[!A-Za-z0-9._@-]*) echo "secrets.sh: a user of letters, digits and . _ @ - only, please" >&2; exit 2 ;;
    esac
    : "${TOKEN_SECRET:=$(sed -n 's/^TOKEN_SECRET=//p' "$(dirname "$0")/../.env")}"
    : "${TOKEN_SECRET:?is in neither the environment nor .env}"
    sign "$TOKEN_SECRET" "$user" "$([ "${3:-}" = admin ] && printf '"admin"' || :)" 86400
    ;;
  *)
    sed -n 's/^#   //p' "$0" >&2
    exit 2
    ;;
esac
