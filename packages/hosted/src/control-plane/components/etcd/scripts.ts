/** Waits until the cluster's DNS knows this pod, without which the other members refuse its name. Wants NAME. */
export const ENSURE_DNS = `until getent hosts "$NAME" >/dev/null; do
  echo "waiting until DNS knows $NAME"
  sleep 0.5
done
`;

/**
 * Lets a member that has lost its data join again: the others still count it, so it is removed and added anew.
 * Writes \`existing\` or \`new\` for etcd's \`--initial-cluster-state\`. Wants MEMBER, PEER_URL, STATE_FILE and ETCDCTL_*.
 */
export const RESET_MEMBER = `set -eu
echo new >"$STATE_FILE"
if [ -n "$(ls -A /var/lib/data 2>/dev/null)" ]; then
  echo "/var/lib/data not empty, the member stays as it is"
  exit 0
fi
if ! members=$(etcdctl --command-timeout=3s member list 2>/dev/null); then
  echo "no cluster answers, a new one begins"
  exit 0
fi
# ID, STATUS, NAME, PEER ADDRESS, CLIENT ADDRESS, LEARNER
mine=$(printf '%s\\n' "$members" | grep -F ", $PEER_URL," || true)
field() { printf '%s\\n' "$mine" | cut -d, -f"$1" | tr -d ' '; }
if [ -n "$mine" ] && [ -n "$(field 3)" ] && [ -z "$(field 5)" ]; then
  echo "the cluster is just beginning, and waits for $MEMBER"
  exit 0
fi
if [ -n "$mine" ] && [ -n "$(field 3)" ]; then
  echo "$MEMBER has lost its data: it is removed and added anew"
  etcdctl member remove "$(field 1)"
  mine=
fi
[ -n "$mine" ] || etcdctl member add "$MEMBER" --peer-urls="$PEER_URL"
echo existing >"$STATE_FILE"
`;

/** Makes a volume that knows no groups writable for USER_ID, once. Runs as root, with no more power than to change owners. */
export const OWN_VOLUME = 'set -eu; [ "$(stat -c %u /var/lib)" = "$USER_ID" ] || chown "$USER_ID:$USER_ID" /var/lib\n';

/** Starts etcd with the state that reset-member has found; its arguments are those of the script. */
export const START = 'exec /usr/bin/etcd "--initial-cluster-state=$(cat "$STATE_FILE" 2>/dev/null || echo new)" "$@"\n';
