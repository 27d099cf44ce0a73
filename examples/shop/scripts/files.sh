#!/bin/bash
# Prints what a copy has to keep of every file below a folder: properties, extended attributes and checksums, in three parts.
set -euo pipefail
cd "$1"
find . -printf '%P\0%y\0%s\0%m\0%U\0%G\0%T@\0%l\0%D:%i\0'
printf '\0attributes\0'
getfattr --recursive --physical --no-dereference --dump --match=- --encoding=hex .
printf '\0checksums\0'
find . -type f -print0 | xargs -0 --no-run-if-empty sha256sum --zero
