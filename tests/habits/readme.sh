#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fails when README asks for more than two commands to set up: ./run and ./test, alone in the first
# code block, fenced or indented, and no package manager or build tool anywhere.
# Usage: readme.sh README.md
set -euo pipefail
commands=$(awk '
    /^```/ { if (fenced) exit; fenced = 1; next }
    fenced || /^    / { print; block = 1; next }
    block && NF { exit }' "$1" | sed -E 's/#.*//; s/[[:space:]]+//g; /^$/d')
if [[ $commands != $'./run\n./test' ]]; then
    printf 'set-up commands in %s:\n%s\n' "$1" "$commands"
    exit 1
fi
if grep -nE '^[[:space:]]*(\$ )?(sudo|apt(-get)?|pip3?|cmake|ninja|make) ' -- "$1"; then
    echo 'README asks for more than ./run and ./test'
    exit 1
fi
