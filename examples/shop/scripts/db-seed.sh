#!/bin/bash
# Fills an empty volume with a database of SHOP_ROWS orders. A volume that has one is left as it is, whichever cluster it comes from.
set -euo pipefail
export PATH=/usr/lib/postgresql/15/bin:$PATH
data=/data/pgdata draft=/data/pgdata.draft

if [ "$(id -u)" = 0 ]; then
  # The volume's own folder belongs to root on a new host path.
  chown postgres:postgres /data
  chmod 0700 /data
  exec setpriv --reuid=postgres --regid=postgres --clear-groups --no-new-privs bash "$0"
fi

if [ -s "$data/PG_VERSION" ]; then
  echo "Found the database of an earlier start."
  exit 0
fi
if [[ ! $SHOP_PASSWORD =~ ^[A-Za-z0-9]+$ ]]; then
  echo "The password in Secret shop-db may have letters and digits only: it is put into an SQL statement." >&2
  exit 1
fi

single() {
  postgres --single -j -c exit_on_error=on -c log_checkpoints=off -D "$draft" "$1" >/dev/null
}

# All work happens in a draft, so that a pod killed here starts over instead of serving half a shop.
rm -rf "$draft"
initdb --pgdata="$draft" --username=postgres --auth=peer --encoding=UTF8 --locale=C.UTF-8 --no-sync --no-instructions >/dev/null
single postgres <<SQL
create role shop login password '$SHOP_PASSWORD';

create database shop owner shop;

SQL
sed "s/SHOP_ROWS/$SHOP_ROWS/" /etc/shop/schema.sql | single shop
initdb --sync-only --pgdata="$draft" >/dev/null
mv "$draft" "$data"
sync -f /data
echo "Made a database of $SHOP_ROWS orders in $SECONDS s."
