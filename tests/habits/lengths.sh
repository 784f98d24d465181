#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Reports how long the C++ files and functions are; fails above the hard limits.
# Usage: lengths.sh ROOT
set -euo pipefail
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
cd -- "$1"
max_file=800
max_function=100

mapfile -t files < <(find base kernels engine ingest store app ui tests -name '*.h' -o -name '*.cpp' \
    -o -name '*.cu' -o -name '*.cuh')
awk -f "$here/lengths.awk" -- "${files[@]}" | sort -k1,1 -k2,2nr |
    awk -v max_file=$max_file -v max_function=$max_function '
        { limit = ($1 == "file") ? max_file : max_function }
        $2 > limit { print "too long:", $1, $3, "has", $2, "lines, limit", limit; failed = 1 }
        { ++count[$1]; length_of[$1, count[$1]] = $2; if (count[$1] == 1) longest[$1] = $3 " (" $2 ")" }
        $1 == "function" && $2 <= 40 { ++short }
        END {
            functions = count["function"]
            if (!count["file"] || !functions) { print "no C++ file with a function found"; exit 1 }
            printf "%d files, longest %s\n", count["file"], longest["file"]
            printf "%d functions, longest %s, median %d lines, %.1f %% up to 40\n", functions,
                longest["function"], length_of["function", int((functions + 1) / 2)],
                100 * short / functions
            exit failed
        }'
