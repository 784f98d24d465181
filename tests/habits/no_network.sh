#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fails when the program could open a connection: it links no network library and imports none of
# the system calls.
# Usage: no_network.sh READELF PROGRAM
set -euo pipefail
readelf=$1
program=$2

imports=$("$readelf" --dyn-syms --wide "$program" | awk '$7 == "UND" { print $8 }')
libraries=$("$readelf" --dynamic --wide "$program" | grep -F '(NEEDED)')
[[ -n $imports && -n $libraries ]] || { echo "$program: no imports found"; exit 1; }
failed=0
# send() and recv() alone reach nothing: they serve the socket pair of throughline-reader.
if printf '%s\n' "$imports" |
    grep -E '^(socket|connect|bind|listen|accept4?|send(to|msg)|recv(from|msg)|getaddrinfo|gethostby.*)(@|$)|Q(Network|Tcp|Udp|Ssl)[A-Z]'; then
    echo 'the program imports these'
    failed=1
fi
if printf '%s\n' "$libraries" | grep -iE 'network|curl|ssl|nghttp'; then
    echo 'the program links these'
    failed=1
fi
echo "$(printf '%s\n' "$imports" | wc -l) imports, $(printf '%s\n' "$libraries" | wc -l) libraries"
exit $failed
