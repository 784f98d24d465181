#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fails when a library refers to anything that prints: libraries log through base/log.h and hand
# text to a stream they are given. snprintf and files are fine.
# Usage: no_printing.sh NM ARCHIVE...
set -euo pipefail
nm=$1
shift

symbols=$("$nm" --undefined-only --print-file-name --no-sort "$@" 2>/dev/null)
[[ -n $symbols ]] || { echo "no symbol found in $*"; exit 1; }
banned='stdout|stderr|v?printf|__v?printf_chk|puts|putchar|perror|psignal'
banned+='|_ZSt[45]w?(cout|cerr|clog)|_ZNK14QMessageLogger.*|_Z6qDebugv'
if printf '%s\n' "$symbols" | grep -E " U ($banned)(@|\$)"; then
    echo 'these libraries print'
    exit 1
fi
echo "$(($(printf '%s\n' "$symbols" | wc -l))) references in $# libraries, none of them prints"
