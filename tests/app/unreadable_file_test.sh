#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A file that the user may not read: chosen, it is an error that names it; met in a folder, it is
# counted. Tests often run as root, who may read all, so the program runs as nobody then.
# Usage: unreadable_file_test.sh PROGRAM MODEL; 77 means skipped.
set -euo pipefail
program=$1 model=$2
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT

# Another user's home would be one more thing that may not be read.
export HOME=$folder XDG_CONFIG_HOME=$folder
as_user=()
if ((EUID == 0)); then
    as_user=(setpriv --reuid 65534 --regid 65534 --clear-groups)
    "${as_user[@]}" true 2>/dev/null || { echo 'skipped: cannot become another user'; exit 77; }
    # The build may lie where only root can go.
    cp -- "$program" "$folder/throughline"
    cp -- "$model" "$folder/model.gguf"
    program=$folder/throughline model=$folder/model.gguf
    chmod 755 "$folder"
    "${as_user[@]}" "$program" --version >/dev/null 2>&1 ||
        { echo 'skipped: another user cannot run the program'; exit 77; }
fi

mkdir -- "$folder/corpus"
echo 'Mrs. Oduya keeps the key.' >"$folder/corpus/open.txt"
echo 'secret' >"$folder/corpus/closed.txt"
chmod 755 "$folder/corpus"
chmod 644 "$folder/corpus/open.txt"
chmod 000 "$folder/corpus/closed.txt"

ask() {
    status=0
    "${as_user[@]}" "$program" ask --model "$model" "$@" 'Who keeps the key?' \
        >"$folder/out" 2>"$folder/err" </dev/null || status=$?
}

ask "$folder/corpus/closed.txt"
cat "$folder/err"
[[ $status == 1 && ! -s $folder/out ]]
[[ $(wc -l <"$folder/err") == 1 ]]
grep -q '^throughline: closed.txt: ' "$folder/err"

ask --verbose "$folder/corpus"
cat "$folder/err"
[[ $status == 0 && -s $folder/out ]]
grep -q '^closed.txt: skipped, ' "$folder/err"
grep -q '^skipped: 1 ' "$folder/err"
