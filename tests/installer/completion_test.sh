#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What bash offers for a command line that ends where the cursor is.
# Usage: completion_test.sh PROGRAM SCRIPT
# shellcheck disable=SC2034  # COMP_* are read by the completion.
set -euo pipefail
program=$1 script=$2
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
ln -s -- "$(readlink -f -- "$program")" "$folder/throughline"
mkdir -- "$folder/place" && touch "$folder/place/"{notes.throughline,notes.txt}
PATH=$folder:$PATH
set +eu # Of others, and not written for these.
# shellcheck source=/dev/null
source /usr/share/bash-completion/bash_completion
# shellcheck source=/dev/null
source "$script"
cd -- "$folder/place" || exit 1
failed=0

# offers WORDS... -- EXPECTED...: each of these is among what is offered after the words.
offers() {
    COMP_WORDS=() COMPREPLY=()
    while [[ $1 != -- ]]; do COMP_WORDS+=("$1"); shift; done
    shift
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE="${COMP_WORDS[*]}"
    COMP_POINT=${#COMP_LINE} COMP_TYPE=9
    _throughline
    for word in "$@"; do
        if [[ $word == !* ]]; then
            [[ " ${COMPREPLY[*]} " != *" ${word#!} "* ]] || { echo "${COMP_WORDS[*]}: offers $word"; failed=1; }
        elif [[ " ${COMPREPLY[*]} " != *" $word "* ]]; then
            echo "${COMP_WORDS[*]}: $word is missing in ${COMPREPLY[*]}"
            failed=1
        fi
    done
}

offers throughline re -- read
offers throughline --mo -- --model '!--version'
offers throughline ask --m -- --model --max-tokens --min-p '!--version'
offers throughline plan --d -- --depth
offers throughline status no -- notes.throughline '!notes.txt'
offers throughline ask no -- notes.throughline notes.txt
offers throughline read --kv '' -- int8 f16
exit $failed
