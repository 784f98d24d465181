#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Without a display, or with one that is gone, the program says so in one line and exits with 1.
# Usage: no_display_test.sh PROGRAM
set -euo pipefail
program=$1
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT

# expect_line PATTERN VARIABLE=VALUE...
expect_line() {
    local pattern=$1 status=0
    shift
    env -u DISPLAY -u WAYLAND_DISPLAY -u QT_QPA_PLATFORM "$@" "$program" "$folder" \
        >"$folder/out" 2>"$folder/err" </dev/null || status=$?
    cat -- "$folder/err"
    [[ $status == 1 ]] || { echo "exit status $status"; exit 1; }
    [[ ! -s $folder/out && $(wc -l <"$folder/err") == 1 ]] || { echo 'more than one line'; exit 1; }
    grep -qE "^throughline: no display to open a window on: $pattern; throughline ask" "$folder/err"
}

expect_line 'neither DISPLAY nor WAYLAND_DISPLAY is set' LC_ALL=C
expect_line '.*:4711' DISPLAY=:4711
expect_line '.+' QT_QPA_PLATFORM=nothing
