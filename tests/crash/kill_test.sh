#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Starts the real program, ends it by kill -9 at random points of making a project, reading, updating
# and appending, and opens what is left: it is never damaged, no checkpoint that was there is lost
# while no file changes, the next start goes on, and answers are those of a project that was read
# without a stop. What is left is looked at by the next start each time and by status every third.
# Usage: kill_test.sh PROGRAM MODEL [KILLS [SEED]]
set -euo pipefail
program=$1 model=$2 kills=${3:-300} seed=${4:-$RANDOM}
# What a process has written stays when it is killed, on any disk: one that syncs at once will do.
[[ ! -w /dev/shm ]] || export TMPDIR=/dev/shm
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
export XDG_STATE_HOME=$folder/state
RANDOM=$seed
docs=$folder/docs project=$folder/docs.throughline log=$folder/app.log
question='What does line 7 tell?'

fail() { printf 'seed %s, kill %s: %s\n' "$seed" "$done_kills" "$*"; cat -- "$folder/err"; exit 1; }
ask_program() { "$program" "$@" --model "$model" 2>"$folder/err"; }

# The number of that name in $state, as $found.
number() { [[ $state =~ \"$1\":([0-9]+) ]] || fail "no $1 in $state"; found=${BASH_REMATCH[1]}; }
answer() { ask_program ask "$1" "$question" --quiet --threads 1 --max-tokens 8 --second-look=off; }

# Three files. $1 is a number that the last line of one of them tells.
write_docs() {
    mkdir -p -- "$docs"
    for i in 1 2 3; do
        [[ $i != 2 && -e $docs/$i.txt ]] ||
            seq -f "Line %.0f of file $i tells nothing." 1 60 >"$docs/$i.txt"
    done
    echo "File 2 was changed $1 times." >>"$docs/2.txt"
    # The order of reading goes by these, and the system's clock is coarse.
    touch -d "@1000000001" "$docs/1.txt" "$docs/3.txt"
    touch -d "@$((1000000003 + $1))" "$docs/2.txt"
}

# One run: `run read`, `run update`, `run append`, to its end or killed after so many seconds. What was
# killed is gone when this comes back, and its lock with it.
exec {never}<> <(:)
run() {
    case $1 in
        read) command=(read "$docs" --checkpoint 512) ;;
        update) command=(update "$project") ;;
        append) command=(append "$project" "$log") ;;
    esac
    status=0
    {
        "$program" "${command[@]}" --quiet --threads 1 --model "$model" \
            >"$folder/out" 2>"$folder/err" &
        if (($# > 1)); then
            read -rt "$2" -u "$never" || true
            kill -KILL $! || true # it may have come to its end
        fi
        wait $! || status=$?
    } 2>"$folder/told" # where the shell tells of the kill
}

# The shortest of three undisturbed runs, in milliseconds, as $took.
measure() {
    took=10000
    for _ in 1 2 3; do
        [[ $1 != read ]] || rm -f -- "$project"*
        [[ $1 != append ]] || { echo 'One line more.' >>"$log"; touch -d @1500000000 "$log"; }
        local begin
        begin=$(date +%s%3N)
        run "$1"
        ((status == 0)) || fail "$1 ended with $status"
        local this=$(($(date +%s%3N) - begin))
        ((this >= took)) || took=$this
    done
}

done_kills=0 finished=0 edits=0 known=0 lines=0 runs=0 made=no
declare -A whole_ms=() killed=([read]=0 [update]=0 [append]=0)
write_docs 0
for what in read append update; do
    measure $what
    whole_ms[$what]=$took
done
whole_ms[update]=${whole_ms[read]} # which it takes where a file has changed
rm -f -- "$project"*
while ((done_kills < kills)); do
    runs=$((runs + 1))
    what="read"
    # What is read first makes the project, and says of what.
    if [[ $made == yes ]]; then
        case $((RANDOM % 4)) in
            0) what=update ;;
            1) what=append ;;
        esac
    fi
    if [[ $what == append ]]; then
        # Whole lines, some time ago: none is waited for.
        lines=$((lines + 1)) known=0
        echo "Log line $lines." >>"$log"
        touch -d "@$((1500000000 + lines))" "$log"
    fi
    # Anywhere from the first moment to after the last; some runs come to their end.
    delay_ms=$((RANDOM % (whole_ms[$what] * 9 / 8) + 1))
    run $what "$(printf '%d.%03d' $((delay_ms / 1000)) $((delay_ms % 1000)))"
    ended=yes
    if ((status == 137)); then
        ended=no
        done_kills=$((done_kills + 1)) killed[$what]=$((killed[$what] + 1))
    elif ((status != 0)); then
        fail "$what ended with $status"
    fi
    [[ -e $project ]] || continue
    [[ $ended == yes ]] || ((runs % 3 == 0)) || continue
    if ! state=$(ask_program status "$project" --json); then
        grep -q 'nothing has been kept in it yet' "$folder/err" || fail "$(cat "$folder/err")"
        continue
    fi
    made=yes
    number tokens_read && kept=$found
    number tokens && total=$found
    number tokens_to_read && left=$found
    # Where the files have changed since, going back is what reading has to do.
    unchanged=no
    [[ $state != *'"changed":[]'*'"added":[]'* ]] || unchanged=yes
    [[ $unchanged == yes ]] || known=0
    ((kept >= known)) || fail "$kept tokens are read, $known were"
    known=$kept
    [[ $ended == no || $what == append ]] || ((left == 0)) || fail "$what ended at $kept of $total tokens"
    [[ $unchanged == yes ]] || known=0
    if ((left == 0)); then
        finished=$((finished + 1))
        if ((finished % 16 == 1)); then
            fresh=$folder/fresh.throughline
            ask_program read "$docs" --quiet --threads 1 -o "$fresh" >"$folder/out"
            for each in "$project" "$fresh"; do
                ask_program append "$each" "$log" --quiet --threads 1 >"$folder/out"
            done
            diff <(answer "$project") <(answer "$fresh") ||
                fail 'another answer than that of a fresh reading'
            rm -f -- "$fresh"*
        fi
        # Then a file is changed, so that part of the project goes and is read again, or all of it.
        edits=$((edits + 1)) known=0
        write_docs "$edits"
        if ((edits % 5 == 0)); then
            rm -f -- "$project"*
            made=no
        fi
    fi
done
echo "$done_kills kills (${killed[read]} reading, ${killed[update]} updating, ${killed[append]} appending)," \
    "$finished times up to date, $edits edits, seed $seed"
((finished > 0)) || fail 'nothing came to its end'
