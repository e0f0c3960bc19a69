#!/usr/bin/env bash
# Takes a release to the host that DEPLOY_HOST names, over SSH: `send.sh IMAGE@sha256:DIGEST`.
# The host is known by DEPLOY_HOST_KEY, a line of known_hosts; DEPLOY_KEY opens it.
set -euo pipefail

: "${DEPLOY_HOST:?user@host}" "${DEPLOY_HOST_KEY:?}" "${DEPLOY_KEY:?}" "${DEPLOY_FOLDER:?}"
image=$1
secrets=$(mktemp -d)
trap 'rm -rf "$secrets"' EXIT
umask 077
printf '%s\n' "$DEPLOY_KEY" >"$secrets/key"
printf '%s\n' "$DEPLOY_HOST_KEY" >"$secrets/known"

host() {
    ssh -i "$secrets/key" -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes \
        -o UserKnownHostsFile="$secrets/known" -o ServerAliveInterval=30 "$DEPLOY_HOST" "$@"
}

folder=$(printf %q "$DEPLOY_FOLDER")
tar --create --gzip --exclude=docker/.env docker deploy/release.sh |
    host "mkdir -p $folder && tar --extract --gzip --directory $folder"
host "bash $folder/deploy/release.sh $(printf %q "$image")"
