#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A reader that has stopped reading, such as a pager, does not keep Ctrl-C from ending the program:
# it fills a pipe that nobody empties, in the middle of a line of results, and is interrupted.
# Usage: blocked_output_test.sh PROGRAM
set -euo pipefail
program=$1
limit_ms=2000
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT

# The list of these files is several times what a pipe holds.
mkdir -- "$folder/corpus"
for i in {1..2000}; do
    echo "File $i." >"$folder/corpus/a-file-with-a-long-name-for-a-long-list-$i.txt"
done
mkfifo -- "$folder/pipe"
exec 3<>"$folder/pipe" # open for reading, and never read

# Shells start what runs in the background with Ctrl-C ignored.
env --default-signal=INT "$program" plan --json "$folder/corpus" >"$folder/pipe" 2>"$folder/err" 3<&- &
child=$!
# Once it hangs in its write it sleeps in the kernel's pipe_write.
for ((i = 0; i < 600; ++i)); do
    kill -0 "$child" 2>/dev/null || { echo 'ended by itself'; cat "$folder/err"; exit 1; }
    grep -qs pipe "/proc/$child/wchan" && break
    # Where the kernel does not tell, what is in the pipe does: it has room for no more.
    sleep 0.1
    ((i < 50)) || ! grep -qs '^State:.*S' "/proc/$child/status" || break
done
begin=$(date +%s%3N)
kill -INT "$child"
for ((i = 0; i < limit_ms / 20; ++i)); do
    kill -0 "$child" 2>/dev/null || break
    sleep 0.02
done
if kill -0 "$child" 2>/dev/null; then
    echo "still there $limit_ms ms after Ctrl-C"
    kill -KILL "$child"
    exit 1
fi
status=0
wait "$child" || status=$?
echo "ended $(($(date +%s%3N) - begin)) ms after Ctrl-C, exit status $status"
[[ $status == 130 ]]
