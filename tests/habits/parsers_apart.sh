#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fails when the program itself is linked with a parser of binary formats: these belong to
# throughline-reader alone, for safety and, in Poppler's case, for its licence.
# Usage: parsers_apart.sh READELF PROGRAM READER
set -euo pipefail
needed() {
    "$1" --dynamic --wide "$2" | grep -F '(NEEDED)' | grep -E 'lib(poppler|archive|gmime|gumbo|pugixml)' || true
}
found=$(needed "$1" "$2")
[[ -z $found ]] || { echo "$2 links:"; echo "$found"; exit 1; }
# So that this test notices when it looks for the wrong names.
(($(needed "$1" "$3" | wc -l) == 5)) || { echo "$3 links:"; needed "$1" "$3"; exit 1; }
