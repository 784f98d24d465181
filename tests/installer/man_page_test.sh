#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The manual has the commands and options that the program has, no fewer and no more.
# Usage: man_page_test.sh PROGRAM PAGE
set -euo pipefail
program=$1 page=$2
options() { grep -oE '(^|[ ,])--[a-z][a-z-]*' | grep -oE -e '--[a-z-]+' | sort -u; }
commands=$("$program" --help | sed -n '/^Subcommands:/,$ s/^  \([a-z]*\) .*/\1/p' | sort)
has=$({
    "$program" --help
    for command in $commands; do "$program" "$command" --help; done
} | grep -E '^ +(-[a-z],)?--' | options)
# shellcheck disable=SC2001  # The page writes a hyphen as \-.
told=$(sed 's/\\-/-/g' "$page" | grep -E '^\.(BI?R?) ' | sed 's/^\.[A-Z]* / /' | options)
[[ -n $commands && -n $has ]]
diff <(printf '%s\n' "$has") <(printf '%s\n' "$told") || { echo 'options: the program, then the page'; exit 1; }
named=$(sed -n '/^\.SH COMMANDS/,/^\.SH OPTIONS/ s/^\.BR \([a-z]*\) .*/\1/p' "$page" | sort)
diff <(printf '%s\n' "$commands") <(printf '%s\n' "$named") || { echo 'commands: the program, then the page'; exit 1; }
if command -v groff >/dev/null; then
    warnings=$(groff -man -ww -z -Tutf8 "$page" 2>&1)
    [[ -z $warnings ]] || { printf '%s\n' "$warnings"; exit 1; }
fi
