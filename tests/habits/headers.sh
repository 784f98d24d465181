#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every header compiles alone. Where the source file of the same name includes it first, the build has
# shown that already; the others, which have none or are not first there, are compiled here.
# Usage: headers.sh ROOT CXX [FLAG...]
set -euo pipefail
cd -- "$1"
shift

# What the kernel tables and the roof's loops include inside a namespace of their own, per
# instruction set, is no header in this sense.
mapfile -t headers < <(find base kernels engine ingest store app ui tests -path tests/data -prune -o \
    -name '*.h' ! -name '*.inl.h' ! -path 'kernels/cpu/simd_*.h' ! -name roof_loops.h -print | sort)
((${#headers[@]} > 0))

shown_by_build() {
    local source=${1%.h}.cpp first
    [[ -e $source ]] || return 1
    first=$(grep -m 1 -E '^ *# *include' -- "$source") || return 1
    [[ $first == "#include \"$1\"" ]]
}

alone=()
for header in "${headers[@]}"; do
    shown_by_build "$header" || alone+=("$header")
done
# shellcheck disable=SC2016  # Expanded by the inner shell, once per header, which comes last.
printf '%s\0' "${alone[@]}" | xargs -0 -r -n 1 -P "$(nproc)" bash -c '
    header=${!#}
    printf "#include \"%s\"\n" "$header" |
        "${@:1:$#-1}" -std=c++20 -I. -fsyntax-only -x c++ - ||
        { echo "does not compile alone: $header"; exit 1; }' header "$@" 2>&1 || failed=1
echo "${#headers[@]} headers, ${#alone[@]} of them compiled here"
exit "${failed:-0}"
