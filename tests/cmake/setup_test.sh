#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# ./run and ./test with everything they call replaced: what they install, build, say and pass on, on
# a bare machine and on one where all is done. Usage: setup_test.sh ROOT
set -euo pipefail
root=$1
# A space, as people have them.
folder=$(mktemp -d)
tree="$folder/a tree"
trap 'rm -rf -- "$folder"' EXIT
failed=0

check() {
    local what=$1
    shift
    "$@" >/dev/null 2>&1 && return 0
    echo "failed: $what"
    for file in calls out err; do
        sed "s/^/  $file: /" -- "$folder/$file"
    done
    failed=1
}

# The programs they call, each of which writes down its arguments.
fake() {
    printf '#!/usr/bin/env bash\nprintf "%%s\\n" "%s $*" >>"%s/calls"\n%s\n' "$1" "$folder" "$2" >"$folder/bin/$1"
    chmod +x "$folder/bin/$1"
}
mkdir -p -- "$folder/bin" "$tree/cmake" "$tree/.cache/grammars"
cp -- "$root/run" "$root/test" "$tree"
cp -- "$root/cmake/setup.sh" "$tree/cmake"
touch -d '1 hour ago' -- "$tree/CMakePresets.json"
program="$tree/build/release/app/throughline"
# shellcheck disable=SC2016  # Expanded by the programs.
{
    # A package is there unless $folder/missing names it.
    fake dpkg-query 'for name; do
        [[ $name == -* ]] || grep -qxF -- "$name" "'"$folder"'/missing" || echo "ii  $name"; done'
    fake apt-get '[[ $* != *" install "* ]] || : >"'"$folder"'/missing"'
    fake sudo '"$@"'
    fake ctest ''
    fake cmake '
        case "$*" in
            *--preset*)
                mkdir -p -- "'"$tree"'/build/release"
                touch -- "'"$tree"'/build/release/build.ninja"
                { echo "CMAKE_HOME_DIRECTORY:INTERNAL='"$tree"'"
                  [[ $* != *BUILD_TESTING=ON* ]] || echo BUILD_TESTING:BOOL=ON
                } >"'"$tree"'/build/release/CMakeCache.txt" ;;
            *" -n") [[ ! -e "'"$folder"'/built" ]] || echo "ninja: no work to do." ;;
            *)
                [[ ! -e "'"$folder"'/broken" ]] || { echo "a.cpp:1: error: what"; exit 1; }
                mkdir -p -- "'"$tree"'/build/release/app"
                printf "#!/usr/bin/env bash\nprintf \"<%s>\\n\" \"\$@\"\n" "%s" >"'"$program"'"
                chmod +x "'"$program"'"
                touch "'"$folder"'/built" ;;
        esac'
}

# call COMMAND [ARGUMENT...]: in the folder of the tree, its calls and output in files.
call() {
    : >"$folder/calls"
    status=0
    (cd -- "$tree" && env -u DISPLAY -u WAYLAND_DISPLAY "PATH=$folder/bin:$PATH" "$@") \
        >"$folder/out" 2>"$folder/err" || status=$?
}
# shellcheck disable=SC2317  # Called by check.
{
    called() { grep -q -- "$1" "$folder/calls"; }
    not() { ! "$@"; }
    said() { grep -q -- "$1" "$folder/err"; }
    printed() { [[ $(cat -- "$folder/out") == "$1" ]]; }
}

printf '%s\n' ninja-build libicu-dev libgtest-dev >"$folder/missing"
call ./run ask 'my notes' '*' ''
check 'a bare machine gets what is missing' called 'apt-get .*install .*ninja-build libicu-dev$'
check 'what is installed is said' said 'Installing from Debian.*ninja-build libicu-dev$'
check 'it is configured without the tests' called 'cmake .*--preset release .*BUILD_TESTING=OFF'
check 'the program is built' called 'cmake --build .*--target throughline$'
check 'arguments arrive as they were given' printed "$(printf '<%s>\n' ask 'my notes' '*' '')"

call ./run --version
check 'nothing to do is nothing done' not called 'apt-get\|--preset\|--target throughline$'
check 'nothing to do is nothing said' test ! -s "$folder/err"

call ./run
check 'without a display the sample is asked' printed \
    "$(printf '<%s>\n' ask --corpus "$tree/resources/sample" --questions "$tree/resources/sample/questions.jsonl")"

printf '%s\n' libgtest-dev >"$folder/missing"
call ./test -L unit -R 'a b'
check 'the tests need more packages' called 'apt-get .*install .*libgtest-dev$'
check 'the tests are configured' called 'cmake .*BUILD_TESTING=ON'
check 'arguments go to ctest' called 'ctest .*--no-tests=error.* -L unit -R a b$'
check 'a model that cannot be had is said to be missing' said 'smollm2_test will be skipped'
call ./run --version
check 'a folder with the tests keeps them' not called '--preset'

touch -- "$tree/CMakePresets.json"
call ./run --version
check 'new presets are taken' called '--preset'

rm -f -- "$folder/built"
touch -- "$folder/broken"
call ./run --version
check 'a failed build is an error' test "$status" -ne 0
check 'with the words of the compiler' said 'a.cpp:1: error: what'
check 'and not in the output of the program' test ! -s "$folder/out"
exit $failed
