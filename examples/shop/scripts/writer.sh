#!/bin/bash
# Inserts one order after the other and prints each one that the database has committed: "ack <id> <md5 of the row>".
trap 'kill "$client" 2>/dev/null; exit 0' TERM INT
export PGPASSWORD=$SHOP_PASSWORD PGCONNECT_TIMEOUT=2
while true; do
  /usr/lib/postgresql/15/bin/psql --no-psqlrc --quiet --no-align --tuples-only --set=ON_ERROR_STOP=1 --set=pause="$SHOP_PAUSE_SECONDS" \
    --host=db --username=shop --dbname=shop --file=/etc/shop/writer.sql &
  client=$!
  wait "$client"
  sleep 0.2 &
  wait $!
done
