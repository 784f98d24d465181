#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fails when a text of the window lacks its translation, or a translation its text.
# Usage: translations_complete.sh LUPDATE ROOT
set -euo pipefail
lupdate=$1 root=$2
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
cp -- "$root"/ui/translations/*.ts "$folder"
cd -- "$root"
"$lupdate" -silent -I . -locations none -no-ui-lines ui -ts "$folder"/*.ts 2>"$folder/warnings"
if grep -E 'lacks Q_OBJECT|unknown namespace' "$folder/warnings"; then
    echo 'texts in a context that the program does not ask for'
    exit 1
fi
for file in "$folder"/*.ts; do
    if grep -B 2 -E 'type="(unfinished|vanished|obsolete)"' "$file"; then
        echo "$(basename -- "$file"): see above; the target update_translations brings it up to date"
        exit 1
    fi
done
echo "$(grep -c '<message' "$file") texts"
