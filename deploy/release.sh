#!/usr/bin/env bash
# Releases an image on this host: `release.sh IMAGE@sha256:DIGEST`. It serves, or the one before does.
# Exit code 0: it serves. 1: it does not, the one before does. 2: nothing was changed. 3: none serves.
set -euo pipefail

image=${1:-}
wait_seconds=${RELEASE_WAIT:-600} # the first forecast of an empty warehouse takes minutes
pause=${RELEASE_PAUSE:-5}
ask_seconds=${RELEASE_ASK:-30}
start_seconds=${RELEASE_START:-900}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
released=$here/released.env # which image serves; read again by whoever starts the stack by hand
settings=$here/docker/.env

say() { printf 'release: %s\n' "$*"; }

compose() { # SECONDS WORDS...
    SEONGSU_IMAGE=$serving timeout --kill-after 10 "$1" docker compose --file "$here/docker/compose.yaml" \
        --env-file "$settings" --profile core "${@:2}"
}

# Asks a part of the stack from inside: only the app's port is open.
answers() { # PART ADDRESS
    compose "$ask_seconds" exec -T "$1" python -c \
        'import sys, urllib.request as web; web.urlopen(sys.argv[1], timeout=10)' "$2" >/dev/null 2>&1
}

fresh() { answers api http://127.0.0.1:8000/ready; }

# Both answer, and what is published is fresh. What was stale before is no fault of the image.
healthy() {
    answers app http://127.0.0.1:8501/_stcore/health &&
        answers api http://127.0.0.1:8000/health &&
        { [ "$was_stale" = yes ] || fresh; }
}

serve() { # IMAGE
    serving=$1
    compose "$start_seconds" up --detach --no-build --remove-orphans || return 1
    local until=$((SECONDS + wait_seconds))
    until healthy; do
        [ "$SECONDS" -lt "$until" ] || return 1
        sleep "$pause"
    done
}

if [[ ! $image =~ ^[^[:space:]@]+@sha256:[0-9a-f]{64}$ ]]; then
    say "name the image by its digest: release.sh IMAGE@sha256:DIGEST"
    exit 2
fi
if [ ! -f "$settings" ]; then
    say "$settings is missing: copy docker/.env.example there and set the passwords"
    exit 2
fi
before=
if [ -f "$released" ]; then before=$(sed -n 's/^SEONGSU_IMAGE=//p' "$released"); fi

if ! docker pull --quiet "$image"; then
    say "$image cannot be pulled; nothing was changed"
    exit 2
fi

was_stale=no
if [ -n "$before" ]; then
    serving=$before
    if ! fresh; then
        was_stale=yes
        say "what is published was stale before this release: its age is not asked"
    fi
fi

if serve "$image"; then
    printf 'SEONGSU_IMAGE=%s\n' "$image" >"$released"
    say "$image serves"
    exit 0
fi

say "$image does not serve within $wait_seconds s:"
compose "$ask_seconds" ps --all || true
compose "$ask_seconds" logs --tail 50 api app code || true
if [ -z "$before" ]; then
    say "and there was none before it"
    exit 3
fi
say "going back to $before"
if serve "$before"; then
    say "$before serves again"
    exit 1
fi
say "$before does not serve either"
exit 3
