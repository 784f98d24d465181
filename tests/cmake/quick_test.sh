#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# ./run on the built tree: three seconds at most until the program runs, nothing said, the arguments
# passed on. Usage: quick_test.sh ROOT BUILD_FOLDER
set -euo pipefail
root=$1 build=$2
# Within ctest nothing may be built: the test is about a tree that needs nothing.
if [[ $build != "$root/build/release" ]] ||
    ! cmake --build "$build" --target throughline -- -n | grep -q 'no work to do'; then
    echo 'skipped: not build/release, or not up to date'
    exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT

best=999999
for _ in 1 2 3; do
    start=$(date +%s%N)
    "$root/run" --version >"$folder/out" 2>"$folder/err"
    took=$((($(date +%s%N) - start) / 1000000))
    best=$((took < best ? took : best))
done
echo "best of three: $best ms"
cat -- "$folder/out" "$folder/err"
((best < 3000))
[[ ! -s $folder/err ]]
[[ $(<"$folder/out") == "$("$build/app/throughline" --version)" ]]
