#!/bin/sh
# Runs as the first process of a node's new namespaces, does what ostree-prepare-root does, and hands over to the deployment's own first process.
# Arguments: physical root, folder of the deployment, name of its stateroot, data disk, folder with the files of this boot, host name, cgroups to join.
set -e
sysroot=$1 deployment=$2 stateroot=$3 data=$4 boot=$5 name=$6
shift 6
for cgroup; do echo 0 >"$cgroup/cgroup.procs"; done
read -r pid _ </proc/self/stat

mount --make-rprivate /
mount --bind "$deployment" "$deployment"
cd "$deployment"
mount --bind usr usr
mount -o remount,bind,ro usr
mount --bind "$sysroot/ostree/deploy/$stateroot/var" var
mount --bind "$sysroot" sysroot
mount --bind "$sysroot/boot" boot
mount -t proc proc proc
mount --rbind /sys sys
mount --rbind /dev dev
mount -t tmpfs -o mode=1777 tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs run
: >run/ostree-booted
mkdir -p run/lock run/godwit/old
cp "$boot"/files/* run/godwit/
cp "$boot/files/boot-id" run/godwit-boot-id
: >run/godwit/report
mount --bind "$boot/report" run/godwit/report
mount --bind run/godwit/cmdline proc/cmdline
mkdir -p "$data/containers" "$data/volumes" var/mnt/data var/lib/containers var/log/units tmp/hostpath_pv
mount --bind "$data" var/mnt/data
mount --bind "$data/containers" var/lib/containers
mount --bind "$data/volumes" tmp/hostpath_pv
echo "$name" >proc/sys/kernel/hostname
echo "pid $pid" >>run/godwit/report
pivot_root . run/godwit/old
cd /
umount -l /run/godwit/old
mount --make-rshared /
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin HOME=/var/root GODWIT_DEV_SET="$GODWIT_DEV_SET" /usr/libexec/godwit-init
