#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What `throughline read` says before it reads against what then happens, and how long Ctrl-C takes.
# Usage: read_run.sh PROGRAM FOLDER [STOPS]; the project is written into TMPDIR, on whose disk the
# stops depend. Without a known speed of this machine the forecast measures one.
set -euo pipefail
program=$1 folder=$2 stops=${3:-5}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
export XDG_STATE_HOME=$work/state
project=$work/p.throughline

now() { date +%s%3N; }

"$program" read "$folder" -o "$project" >"$work/out" 2>"$work/err" &
pid=$!
until grep -q ' on disk$' "$work/err" || ! kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
begin=$(now)
wait "$pid"
took=$(($(now) - begin))
said=$(grep ' on disk$' "$work/err" | sed 's/^[^:]*: //')
printf 'said: %s\n' "$said"
printf 'took: %d.%01d s; %d bytes on disk\n' $((took / 1000)) $((took % 1000 / 100)) "$(stat -c %s "$project")"

for ((i = 1; i <= stops; ++i)); do
    rm -f -- "$project"*
    "$program" read "$folder" -o "$project" >"$work/out" 2>"$work/err" &
    pid=$!
    until grep -q ' on disk$' "$work/err" || ! kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
    sleep "$(printf '%d.%03d' $((took * i / (stops + 2) / 1000)) $((took * i / (stops + 2) % 1000)))"
    begin=$(now)
    kill -INT "$pid"
    wait "$pid" || true
    printf 'stop %d: %d ms; %s\n' "$i" $(($(now) - begin)) "$(tail -n 1 "$work/err" | sed "s, in $work.*,,")"
done
# What the disk itself takes to sync as much as a stop writes.
begin=$(now)
dd if=/dev/zero of="$work/sync" bs=1M count=6 conv=fsync 2>"$work/err"
printf 'this disk syncs 6 MiB in %d ms\n' $(($(now) - begin))
