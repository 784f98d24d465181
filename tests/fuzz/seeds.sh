#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The seeds of a fuzz target, one archive each in seeds/.
# Usage: seeds.sh unpack TARGET FOLDER         puts the seeds into the folder
#        seeds.sh pack TARGET FOLDER [PROGRAM] makes the archive of those in the folder, or of
#                                              those that the target's program finds of use
set -euo pipefail
verb=${1-} target=${2-} folder=${3-} program=${4-}
seeds=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/seeds
archive=$seeds/$target.tar.gz

case $verb,$# in
unpack,3)
    mkdir -p -- "$folder"
    tar -xzf "$archive" -C "$folder"
    ;;
pack,[34])
    useful=$folder
    if [[ -n $program ]]; then
        useful=$(mktemp -d)
        trap 'rm -rf -- "$useful" "$useful.log"' EXIT
        "$program" -merge=1 "$useful" "$folder" >"$useful.log" 2>&1 || { tail -n 5 -- "$useful.log"; exit 1; }
    fi
    # The same seeds give the same bytes.
    find "$useful" -type f -printf '%P\0' | LC_ALL=C sort -z |
        tar --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=0644 -C "$useful" --null -T - -c |
        gzip -9n >"$archive"
    echo "$target: $(find "$folder" -type f | wc -l) seeds, $(find "$useful" -type f | wc -l) kept, $(stat -c %s "$archive") bytes"
    ;;
*)
    sed -n '/^# Usage/,/^set/ { /^set/d; s/^# *//; p }' "${BASH_SOURCE[0]}"
    exit 2
    ;;
esac
