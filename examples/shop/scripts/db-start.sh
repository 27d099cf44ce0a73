#!/bin/bash
# Serves the database and stops it at once when the pod has to go: SIGTERM alone would make PostgreSQL wait for its clients.
trap 'kill -INT "$server" 2>/dev/null' TERM INT
/usr/lib/postgresql/15/bin/postgres -D /data/pgdata -c config_file=/etc/shop/postgresql.conf -c hba_file=/etc/shop/pg_hba.conf &
server=$!
# A trapped signal ends one wait; the next one sees the server out.
while kill -0 "$server" 2>/dev/null; do
  wait "$server"
  status=$?
done
exit "${status:-1}"
