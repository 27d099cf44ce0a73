/**
 * The program of the init container `etcd-init` (POSIX sh, coreutils, curl, etcdutl).
 * Arguments: the folder of the volume, the folder for the download, the file for the reason of a failure, a PEM bundle that is
 * trusted beside the system's (may be absent), seconds of silence after which a download is given up. Everything else is in the
 * environment: RESTORE_URL_ETCD, RESTORE_SHA256 (may be empty), POD_NAME, INITIAL_CLUSTER, INITIAL_CLUSTER_TOKEN.
 *
 * Nothing below `data` changes before the download has the status 200, whole pages, and the recorded hash (without a record: etcd's own hash at its end).
 * The restored folder is moved to its place in one step; the marker of what was restored is written before, so that a power cut
 * between the two leaves an empty `data`, which is restored again.
 */
export const ETCD_INIT_SCRIPT = `set -eu
root=$1 downloads=$2 log=$3 trust=$4 patience=$5
data=$root/data incoming=$root/restore marker=$root/restored-from
file=$downloads/etcd-init.db part=$downloads/etcd-init.roots

tidy() { rm -rf "$incoming" "$file" "$part" "$file.body" "$file.log" "$marker.part"; }
fail() {
  tidy
  printf '%s: %s\\n' "$1" "$2" >"$log"
  printf '%s: %s\\n' "$1" "$2" >&2
  exit 1
}
corrupt() { fail SnapshotCorrupt "The snapshot at $shown was refused ($1): $2. Take or choose another snapshot"; }
failed() { fail SnapshotDownloadFailed "The snapshot at $shown could not be fetched: $1"; }

url=$RESTORE_URL_ETCD wanted=\${RESTORE_SHA256:-}
shown=\${url%%\\?*}
object=$(printf %s "$shown" | sha256sum) object=\${object%% *}

# A pod that starts again after its restore must not need the URL any more.
if [ -d "$data" ] && [ -n "$(ls -A "$data")" ]; then
  old='' old_object=''
  if [ -f "$marker" ]; then { read -r old && read -r old_object || true; } <"$marker"; fi
  if [ -n "$old" ] && { if [ -n "$wanted" ]; then [ "$old" = "$wanted" ]; else [ "$old_object" = "$object" ]; fi; }; then
    echo "/var/lib/data not empty, not restoring snapshot"
    exit 0
  fi
  fail DataDirNotEmpty "The data directory of $POD_NAME is not empty and was not restored from $shown. Delete its volume, or create the cluster without restoreSnapshotURL"
fi

echo "restoring snapshot"
tidy
if [ -s "$trust" ]; then
  cat /etc/ssl/certs/ca-certificates.crt "$trust" >"$part" || failed "no list of authorities could be written to $downloads"
  authorities="cacert = \\"$part\\""
else
  authorities=''
fi

# The URL is a secret while it counts: it is written to curl's standard input, never among its arguments.
status=$(printf 'url = "%s"\\n%s\\n' "$url" "$authorities" | curl -q -K - -sS -L --proto '=https,http' --max-redirs 3 \\
  --connect-timeout 10 --speed-limit 1 --speed-time "$patience" --retry 2 --retry-delay 1 --retry-connrefused \\
  -o "$file" -w '%{http_code} %header{content-length}' 2>"$file.log") && code=0 || code=$?
length=\${status#* } status=\${status%% *}
said=$(head -n 1 "$file.log" 2>/dev/null || true)
bytes=0
if [ -f "$file" ]; then bytes=$(stat -c %s "$file"); fi

case $code in
  0) ;;
  18) corrupt size "$bytes of $length bytes arrived" ;;
  23) fail DiskFull "There is no room for the snapshot in $downloads of $POD_NAME ($bytes bytes fit). Free space on the node" ;;
  28) failed "nothing arrived for $patience seconds. Check the address, and that pods can reach it" ;;
  35|51|58|60|77) failed "its certificate is not trusted ($said). Put the authority into spec.additionalTrustBundle" ;;
  *) failed "$said. Check the address, and that pods can reach it" ;;
esac
if [ "$status" != 200 ]; then
  page=$(head -c 2000 "$file" 2>/dev/null | tr -d '\\000' || true)
  why=''
  case $page in *'<Code>'*) why=\${page#*<Code>} why=" (\${why%%</Code>*})" ;; esac
  case $page in *'<Message>'*) page=\${page#*<Message>} why="$why: \${page%%</Message>*}" ;; esac
  failed "status HTTP $status$why. Sign a new URL if it has expired, and check that the object is there"
fi
if [ "$bytes" -eq 0 ]; then corrupt size 'it is empty'; fi
start=$(head -c 200 "$file" | tr -d '\\000' | tr 'A-Z' 'a-z')
case $start in
  *'<html'*|*'<!doctype'*) corrupt size "$bytes bytes of a web page came instead of a snapshot" ;;
  '<?xml'*) corrupt size "$bytes bytes of XML came instead of a snapshot" ;;
esac
if [ $((bytes % 512)) -ne 32 ]; then corrupt size "$bytes bytes are not whole pages and a hash"; fi
# The recorded hash covers etcd's own at the end, which was checked when the record was made; without a record that one is checked.
if [ -z "$wanted" ]; then head -c -32 "$file" | sha256sum >"$file.body" & body=$!; fi
all=$(sha256sum <"$file") all=\${all%% *}
if [ -z "$wanted" ]; then
  wait $body || corrupt trailer 'its hash could not be computed'
  read -r body _ <"$file.body"
  trailer=$(tail -c 32 "$file" | od -An -v -tx1 | tr -d ' \\n')
  if [ "$body" != "$trailer" ]; then corrupt trailer "the hash at its end is $trailer, its bytes have $body"; fi
elif [ "$all" != "$wanted" ]; then
  corrupt hash "its SHA-256 is $all, recorded was $wanted"
fi

peer=''
set -f
IFS=,
for pair in $INITIAL_CLUSTER; do
  case $pair in "$POD_NAME="*) peer=\${pair#*=} ;; esac
done
unset IFS
if [ -z "$peer" ]; then fail RestoreFailed "$POD_NAME is not a member of $INITIAL_CLUSTER. Correct the StatefulSet"; fi

if ! etcdutl snapshot restore "$file" --data-dir "$incoming" --name "$POD_NAME" --initial-cluster "$INITIAL_CLUSTER" \\
  --initial-cluster-token "$INITIAL_CLUSTER_TOKEN" --initial-advertise-peer-urls "$peer" \\
  --bump-revision 1000000000 --mark-compacted 2>"$file.log"; then
  said=$(tail -n 1 "$file.log" | head -c 500)
  case $(cat "$file.log") in
    *'no space left'*) fail DiskFull "There is no room for the restored data on the volume of $POD_NAME. Choose a larger spec.etcd.managed.storage.persistentVolume.size" ;;
    *) fail RestoreFailed "etcdutl could not restore the snapshot at $shown: $said" ;;
  esac
fi
printf '%s\\n%s\\n' "$all" "$object" >"$marker.part" || fail DiskFull "There is no room for a marker on the volume of $POD_NAME"
mv "$marker.part" "$marker"
sync "$marker" "$root" 2>/dev/null || true
mv -T "$incoming" "$data"
sync "$root" 2>/dev/null || true
tidy
echo "restored snapshot"
`;
