#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fails when a document names a file or folder that is not there: as `a/path`, with or without its
# ending, from the root or from a folder of the tree, or as a link.
# Usage: references.sh ROOT
set -euo pipefail
cd -- "$1"
folders='app base cmake docs engine ingest installer kernels resources store tests ui'
# What stands in backquotes and begins with a folder's name.
# shellcheck disable=SC2016  # The backquotes are the document's.
quoted='`[a-z_]+/[^` ]*`'
failed=0

# there PATH: as a file, a folder, or a file without its ending; in any folder for short forms.
there() {
    compgen -G "$1" >/dev/null || compgen -G "$1.*" >/dev/null || compgen -G "*/$1" >/dev/null ||
        compgen -G "*/$1.*" >/dev/null || compgen -G "*/*/$1.*" >/dev/null
}

count=0
for document in ./*.md docs/*.md tests/*.md tests/*/*.md tests/*/*/*.md; do
    [[ -e $document ]] || continue
    while read -r path; do
        # What is spelled out with a variable part, an ellipsis or a wildcard is no path.
        [[ " $folders " == *" ${path%%/*} "* && $path != *[A-Z\<\>\{]* ]] || continue
        count=$((count + 1))
        there "${path%/}" || { echo "$document: $path"; failed=1; }
    done < <(grep -oE "$quoted" "$document" | tr -d '`' | sort -u)
    while read -r link; do
        count=$((count + 1))
        [[ -e $(dirname -- "$document")/$link ]] || { echo "$document: ($link)"; failed=1; }
    done < <(grep -oE '\]\([^)#: ]+[)#]' "$document" | sed -E 's/^\]\(//; s/[)#]$//' | sort -u)
done
echo "$count references"
exit $failed
