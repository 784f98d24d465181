#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs the build to an empty folder, moves that away and runs the program from there: it has to
# find the model and the reader of binary formats beside itself, not in the tree it was built from.
# Usage: install_test.sh CMAKE BUILD_FOLDER
set -euo pipefail
cmake=$1 build=$2
data=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../data/pdf
unset TL_READER
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT

"$cmake" --install "$build" --prefix "$folder/first" >/dev/null
prefix="$folder/moved to another place"
mv -- "$folder/first" "$prefix"

id=io.github.throughline.Throughline
for file in share/throughline/model/{throughline-154m-q4_0.gguf,LICENSE,README.md} \
    share/throughline/sample/questions.jsonl share/doc/throughline/{LICENSE,THIRD_PARTY.md} \
    share/applications/$id.desktop share/metainfo/$id.metainfo.xml \
    share/icons/hicolor/scalable/apps/$id.svg share/mime/packages/$id.xml share/man/man1/throughline.1 \
    share/bash-completion/completions/throughline share/zsh/vendor-completions/_throughline \
    share/fish/vendor_completions.d/throughline.fish; do
    [[ -s $prefix/$file ]] || { echo "not installed: $file"; exit 1; }
done
[[ -x $prefix/libexec/throughline/throughline-reader ]] || { echo 'not installed: the reader'; exit 1; }

# A place to ask about: a text and a PDF, which only the reader can open.
corpus=$folder/corpus
mkdir -- "$corpus"
printf 'The harbour office opens at nine.\nThe boats leave at noon.\n' >"$corpus/hours.txt"
cp -- "$data/latex.pdf" "$corpus"

cd /
info=$("$prefix/bin/throughline" info)
printf '%s\n' "$info"
grep -q granitehybrid <<<"$info"

# Reading the PDF takes the reader, and it is the one that was installed.
answer=$("$prefix/bin/throughline" ask "$corpus" 'When does the harbour office open?' --json)
printf '%s\n' "$answer"
grep -q '"file":"hours.txt"' <<<"$answer"
XDG_CACHE_HOME=$folder/cache "$prefix/bin/throughline" plan "$corpus" --json | grep -q '"pages"'
mv -- "$prefix/libexec" "$folder/libexec"
XDG_CACHE_HOME=$folder/empty "$prefix/bin/throughline" plan "$corpus" >"$folder/plan" 2>&1
grep -q 'throughline-reader is missing' "$folder/plan" ||
    { echo 'the installed program used a reader from elsewhere'; cat "$folder/plan"; exit 1; }
mv -- "$folder/libexec" "$prefix/libexec"

# Without the model beside it, the program must not fall back to the source tree.
rm -- "$prefix"/share/throughline/model/*.gguf
if "$prefix/bin/throughline" info 2>"$folder/error"; then
    echo 'the installed program used a model from elsewhere'
    exit 1
fi
grep -q "$prefix/share/throughline/model" "$folder/error"
