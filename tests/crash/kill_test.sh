#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Starts the real program, ends it by kill -9 at random points of reading and updating a project, and
# opens what is left: it is never damaged, no checkpoint that was there is lost while no file changes,
# the next start goes on, and answers are those of a project that was read without a stop.
# Usage: kill_test.sh PROGRAM MODEL [KILLS [SEED]]
set -euo pipefail
program=$1 model=$2 kills=${3:-300} seed=${4:-1}
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
export XDG_STATE_HOME=$folder/state
RANDOM=$seed
docs=$folder/docs project=$folder/docs.throughline
question='What does line 7 tell?'

fail() { printf 'seed %s, kill %s: %s\n' "$seed" "$done_kills" "$*"; cat -- "$folder/err"; exit 1; }
ask_program() { "$program" "$@" --model "$model" 2>"$folder/err"; }

number() { sed -E "s/.*\"$1\":([0-9]+).*/\\1/" <<<"$2"; }
answer() { ask_program ask "$1" "$question" --quiet --threads 1 --max-tokens 8 --second-look=off; }

# Four files, one of them long. $1 is a number that the last line of one of them tells.
write_docs() {
    mkdir -p -- "$docs"
    for i in 1 2 3; do
        seq -f "Line %.0f of file $i tells nothing." 1 60 >"$docs/$i.txt"
    done
    echo "File 2 was changed $1 times." >>"$docs/2.txt"
    # The order of reading goes by these, and the system's clock is coarse.
    touch -d "@1000000001" "$docs/1.txt"
    touch -d "@1000000002" "$docs/3.txt"
    touch -d "@$((1000000003 + $1))" "$docs/2.txt"
}

done_kills=0 finished=0 edits=0 known=0
write_docs 0
# How long a reading takes when nothing disturbs it: the shortest of three.
whole_ms=400
for _ in 1 2 3; do
    rm -f -- "$project"*
    begin=$(date +%s%3N)
    ask_program read "$docs" --quiet --threads 1 --checkpoint 512 >"$folder/out"
    took=$(($(date +%s%3N) - begin))
    ((took >= whole_ms)) || whole_ms=$took
done
rm -f -- "$project"*
while ((done_kills < kills)); do
    # Anywhere from the first moment to behind the last; some readings come to their end.
    delay_ms=$((RANDOM % (whole_ms * 5 / 4) + 1))
    delay=$(printf '%d.%03d' $((delay_ms / 1000)) $((delay_ms % 1000)))
    status=0
    {
        timeout --signal=KILL "$delay" "$program" read "$docs" --quiet --threads 1 \
            --checkpoint 512 --model "$model" >"$folder/out" 2>"$folder/err" || status=$?
    } 2>"$folder/told" # where the shell tells of the kill
    ended=yes
    if ((status == 137)); then
        ended=no
        done_kills=$((done_kills + 1))
    elif ((status != 0)); then
        fail "reading ended with $status"
    fi
    [[ -e $project ]] || continue
    if ! state=$(ask_program status "$project" --json); then
        # Killed before its making was committed: the next reading makes it.
        grep -q 'nothing has been kept in it yet' "$folder/err" || fail "$(cat "$folder/err")"
        continue
    fi
    kept=$(number tokens_read "$state") total=$(number tokens "$state")
    left=$(number tokens_to_read "$state")
    # Where the files have changed since, going back is what reading has to do.
    [[ $state == *'"changed":[]'* ]] || known=0
    ((kept >= known)) || fail "$kept tokens are read, $known were"
    known=$kept
    [[ $ended == no ]] || ((left == 0)) || fail "a reading ended at $kept of $total tokens"
    [[ $state == *'"changed":[]'* ]] || known=0
    if ((left == 0)); then
        finished=$((finished + 1))
        if ((finished % 8 == 1)); then
            ask_program read "$docs" --quiet --threads 1 -o "$folder/fresh.throughline" >"$folder/out"
            diff <(answer "$project") <(answer "$folder/fresh.throughline") ||
                fail 'another answer than that of a fresh reading'
            rm -f -- "$folder"/fresh.throughline*
        fi
        # Then a file is changed, so that part of the project goes and is read again, or all of it.
        edits=$((edits + 1)) known=0
        write_docs "$edits"
        ((edits % 5)) || rm -f -- "$project"*
    fi
done
echo "$done_kills kills, $finished readings that came to their end, $edits edits"
((finished > 0)) || fail 'no reading came to its end'
