#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Desktops know a project file by its name and, under any other, by SQLite's application_id.
# Usage: mime_type_test.sh UPDATE_MIME_DATABASE MIME_XML FOLDER_OF_PROJECTS
set -euo pipefail
update=$1 xml=$2 projects=$3
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
mkdir -p -- "$folder/mime/packages"
cp -- "$xml" "$folder/mime/packages/throughline.xml"
"$update" "$folder/mime"
grep -q '^[0-9]*:application/x-throughline-project:\*\.throughline$' "$folder/mime/globs2"
grep -q 'application/vnd.sqlite3' "$folder/mime/subclasses"
for project in "$projects"/*.throughline; do
    [[ $(head -c 72 -- "$project" | tail -c 4) == TLPR ]] || { echo "$project: no mark at byte 68"; exit 1; }
    count=$((${count:-0} + 1))
done
((count > 0))
