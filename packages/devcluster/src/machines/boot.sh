#!/bin/sh
# Runs as the first process of a machine's new namespaces and turns its root folder into /, then hands over to its launcher.
# Arguments: root folder, folder of programs, file that learns our process id and when containers can run, host name, cgroups to join.
set -e
root=$1 programs=$2 name=$4
exec 3>"$3"
shift 4
for cgroup; do echo 0 >"$cgroup/cgroup.procs"; done
read -r pid _ </proc/self/stat

mount --make-rprivate /
mount --bind "$root" "$root"
cd "$root"
mount --bind /usr usr
mount -o remount,bind,ro usr
mount --bind var/usrlocal usr/local
mount --bind "$programs" opt/kubernetes/bin
mount -o remount,bind,ro opt/kubernetes/bin
mount -t proc proc proc
mount --rbind /sys sys
mount --rbind /dev dev
mount -t tmpfs -o mode=755 tmpfs run
echo "$name" >proc/sys/kernel/hostname
# /mnt holds the host's root only for this moment.
pivot_root . mnt
cd /
umount -l /mnt
mount --make-rshared /
echo "$pid" >&3
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin HOME=/root GODWIT_DEV_SET="$GODWIT_DEV_SET" /bin/sh /var/lib/machine/launch
