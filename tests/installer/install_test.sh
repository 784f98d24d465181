#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs the build to an empty folder, moves that away and runs the program from there: it has to
# find the model beside itself, not in the tree it was built from.
# Usage: install_test.sh CMAKE BUILD_FOLDER
set -euo pipefail
cmake=$1 build=$2
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT

"$cmake" --install "$build" --prefix "$folder/first" >/dev/null
prefix="$folder/moved to another place"
mv -- "$folder/first" "$prefix"

id=io.github.throughline.Throughline
for file in share/throughline/model/{throughline-154m-q4_0.gguf,LICENSE,README.md} \
    share/throughline/sample/questions.jsonl share/doc/throughline/{LICENSE,THIRD_PARTY.md} \
    share/applications/$id.desktop share/metainfo/$id.metainfo.xml \
    share/icons/hicolor/scalable/apps/$id.svg; do
    [[ -s $prefix/$file ]] || { echo "not installed: $file"; exit 1; }
done

cd /
info=$("$prefix/bin/throughline" info)
printf '%s\n' "$info"
grep -q granitehybrid <<<"$info"

# Without the model beside it, the program must not fall back to the source tree.
rm -- "$prefix"/share/throughline/model/*.gguf
if "$prefix/bin/throughline" info 2>"$folder/error"; then
    echo 'the installed program used a model from elsewhere'
    exit 1
fi
grep -q "$prefix/share/throughline/model" "$folder/error"
