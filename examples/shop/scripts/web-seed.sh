#!/bin/bash
# Fills an empty volume with SHOP_FILES small files, one of SHOP_BIG_FILE_MEGABYTES, and one of every kind that a copy can get wrong.
set -euo pipefail
export LC_ALL=C.UTF-8
root=${1:-/srv/shop} marker=.seeded
cd "$root"
# A new host path is closed to everybody but root, who does not serve.
chmod 0755 .
if [ -e "$marker" ]; then
  echo "Found the files of an earlier start."
  exit 0
fi
find . -mindepth 1 -delete

cp /etc/shop/index.html index.html

# Small files of several sizes, a hundred to a folder; owners, modes and times differ from folder to folder.
owners=(0:0 33:33 1000:1000 999:33 65534:65534) modes=(0644 0600 0664 0755 0444 0640)
filling=$(printf '%4096s' '' | tr ' ' x)
for ((number = 0; number < SHOP_FILES; number++)); do
  folder=catalogue/$((number / 100))
  ((number % 100)) || mkdir -p "$folder"
  printf 'article %d\n%s' "$number" "${filling:0:number * 37 % 4096}" >"$folder/article-$number.txt"
done
for ((number = 0; number * 100 < SHOP_FILES; number++)); do
  folder=catalogue/$number
  chown "${owners[number % 5]}" "$folder"/*
  chmod "${modes[number % 6]}" "$folder"/*
  touch --date="2025-0$((number % 9 + 1))-11 12:34:$((number % 50 + 10)).123456789Z" "$folder"/*
  touch --date='2024-02-29 01:02:03.5Z' "$folder"
done

head -c "${SHOP_BIG_FILE_MEGABYTES}M" /dev/urandom >big.bin

mkdir special
cd special
truncate --size=64M sparse.img
printf 'in the middle' | dd of=sparse.img bs=1 seek=32M conv=notrunc status=none
: >empty-file
mkdir -m 1777 empty-folder-for-all
mkdir -m 0700 empty-private-folder
install -m 4755 /dev/null set-user-id
install -m 2755 /dev/null set-group-id
echo 'shared text' >hard-link-1
ln hard-link-1 hard-link-2
ln hard-link-1 ../catalogue/hard-link-3
ln -s hard-link-1 relative-link
ln -s /srv/shop/index.html absolute-link
ln -s nowhere/at-all dangling-link
ln -s ../catalogue folder-link
for name in 'two words' ' blank at both ends ' '-leading-dash' '--delete' $'new\nline' $'a\ttab' 'quote"s and '\''more'\' 'back\slash' '*?[a]' '$(HOME)' '#hash' '한국어' 'Grüße' $'not-utf8-\xff' "$(printf '%255s' '' | tr ' ' n)"; do
  printf 'named %q\n' "$name" >"./$name"
done
# Letters that look the same, composed and decomposed, are two names.
echo composed >$'caf\u00e9'
echo decomposed >$'cafe\u0301'
echo 'with attributes' >attributes
setfattr --name=user.shop.colour --value=blue attributes
setfattr --name=user.shop.bytes --value=0x00ff10 attributes
setfattr --name=user.shop.empty attributes
setfattr --name=user.shop.folder --value=yes empty-private-folder
chown 1000:33 two\ words attributes
chown --no-dereference 1000:1000 dangling-link
touch --no-dereference --date='2020-01-01 00:00:00.25Z' dangling-link relative-link
touch --date='1999-12-31 23:59:59.999999999Z' empty-file
touch --date='2038-01-19 03:14:08Z' back\\slash
touch --date='2023-03-03 03:03:03.3Z' empty-private-folder . ..
cd ..
sync -f .
echo "Made $SHOP_FILES small files, one of $SHOP_BIG_FILE_MEGABYTES MB and the special ones in $SECONDS s." | tee "$marker"
