# Enters a deployment as ostree-prepare-root would, and waits. Arguments: physical root, stateroot, deployment, boot id.
# The programs are those of this machine: /usr comes from it, all else from the deployment.
set -eu
root=$1 stateroot=$2 deployment=$3 boot_id=$4
mount --make-rprivate /
new=$(mktemp -d)
mount --bind "$deployment" "$new"
mount --make-private "$new"
mount --bind "$root/ostree/deploy/$stateroot/var" "$new/var"
mount --rbind "$root" "$new/sysroot"
mount --bind "$root/boot" "$new/boot"
mount -t tmpfs tmpfs "$new/run"
touch "$new/run/ostree-booted"
echo "$boot_id" >"$new/run/godwit-boot-id"
mount -t proc proc "$new/proc"
mount --rbind /dev "$new/dev"
mount -t tmpfs tmpfs "$new/tmp"
mount --rbind /usr "$new/usr"
mount -o remount,bind,ro "$new/usr"
exec chroot "$new" /bin/sh -c 'echo entered; exec sleep infinity'
