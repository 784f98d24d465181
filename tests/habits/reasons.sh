#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fails when a reason is said, or looked into for words, anywhere but in app/reason/: elsewhere
# reasons are codes. And when a code's name is not in docs/reasons.md.
# Usage: reasons.sh ROOT
set -euo pipefail
cd -- "$1"
failed=0

# How the sentences begin, up to the first thing that is put in; shorter ones are ordinary words.
mapfile -t beginnings < <(
    grep -hoE '"[^"{[]{16,}' app/reason/format_words.cpp app/reason/reason_words.cpp |
        grep ' ' | sed 's/ *$//' | sort -u)
((${#beginnings[@]} > 100))

mapfile -t sources < <(find ingest app ui -path app/reason -prune -o \
    \( -name '*.h' -o -name '*.cpp' \) -print)
((${#sources[@]} > 100))
# Comments may quote a sentence.
code=$(awk '{ sub("//.*", ""); print FILENAME ":" FNR ":" $0 }' "${sources[@]}")

# report WHAT: takes the offending lines from stdin.
report() {
    local lines
    lines=$(cat)
    if [[ -n $lines ]]; then
        printf '%s:\n%s\n' "$1" "$lines"
        failed=1
    fi
}

report 'a sentence of app/reason/' < <(grep -F -f <(printf '%s\n' "${beginnings[@]}") <<< "$code")
report 'looks for words in a reason' < <(
    grep -iE '(reason|warning|remark)s?(\(\))?(\[[^]]*\]|\.(text|kind|front\(\)|back\(\)))*\.(starts_with|ends_with|contains|find[a-z_]*)\(' \
        <<< "$code")
report 'not in docs/reasons.md' < <(
    cat app/reason/format_words.cpp app/reason/reason_words.cpp | tr '\n' ' ' |
        grep -oE '\{k[A-Za-z0-9]+, +"[a-z0-9_]+"' | sed 's/.*"\(.*\)"/\1/' | grep -vxF none |
        while read -r name; do grep -qF "\`$name\`" docs/reasons.md || echo "$name"; done)
echo "${#sources[@]} sources hold none of ${#beginnings[@]} sentences"
exit $failed
