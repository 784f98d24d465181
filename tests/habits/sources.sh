#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fails on sources with bytes beyond ASCII, tabs, space at line ends, leftovers or paths of one
# machine, and on C++ files without their licence line.
# Usage: sources.sh ROOT
set -euo pipefail
cd -- "$1"
export LC_ALL=C
failed=0

# report WHAT: takes the offending lines from stdin.
report() {
    local lines
    lines=$(cat)
    if [[ -n $lines ]]; then
        printf '%s:\n%s\n' "$1" "$lines"
        failed=1
    fi
}

mapfile -t cpp < <(find base kernels engine ingest store app ui tests -path tests/data -prune -o \
    \( -name '*.h' -o -name '*.cpp' -o -name '*.cu' -o -name '*.cuh' \) -print)
mapfile -t scripts < <(find base kernels engine ingest store app ui tests cmake installer run test .ci \
    -path tests/data -prune -o -type f \
    \( -name CMakeLists.txt -o -name '*.cmake' -o -name '*.sh' -o -name '*.awk' \
    -o -name run -o -name test \) -print)
((${#cpp[@]} > 0 && ${#scripts[@]} > 0))
all=("${cpp[@]}" "${scripts[@]}")

report 'not ASCII' < <(grep -nP '[^\x00-\x7F]' -- "${all[@]}")
report 'tab or carriage return' < <(grep -nP '[\t\r]' -- "${all[@]}")
report 'space at the end of a line' < <(grep -nE ' +$' -- "${all[@]}")
# The brackets keep this very file from being found.
report 'left over; open an issue instead' < <(grep -nwE 'TO[D]O|FIX[M]E|XX[X]|HAC[K]' -- "${all[@]}")
report 'path of one machine' < <(grep -nE '/(wor[k]|hom[e]|roo[t])/' -- "${all[@]}")
report 'no licence in the first line' < <(
    for file in "${cpp[@]}"; do
        head -n 1 -- "$file" | grep -qxF '// SPDX-License-Identifier: Apache-2.0' || echo "$file"
    done)

echo "${#all[@]} sources looked at"
exit $failed
