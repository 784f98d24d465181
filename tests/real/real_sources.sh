#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Reads real material: Debian source packages, their documentation, and sdists from PyPI. Not part of
# ./test: it fetches about 180 MB, once, into build/real. Prints per language and per format how many
# files there were and how they fared, the reasons of those that were not read, and fails when a
# reader crashed or an answer broke its promises.
#   tests/real/real_sources.sh [PACKAGE...]    only those of the packages below
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
work=$root/build/real
build=${TL_BUILD:-$root/build/release}

# Debian's sources: with the sdists at least one for each language with a grammar; and mails.
sources=(
    zlib redis fmtlib awesome neovim bash-completion extra-cmake-modules elixir-lang redmine
    golang-github-spf13-cobra haskell-aeson libcommons-lang3-java kotlin scala r-cran-dplyr
    rust-serde ripgrep php-monolog lwt dbus-sharp cub cockpit buildbot notmuch
    flatbuffers node-redux davical thrift gmsh starpu
)
# Debian's packages with documents in many formats.
documents=(debian-policy developers-reference graphviz-doc debian-handbook)
# sdists from PyPI: Julia, C#, SQL, and an example in nearly every language.
sdists=(juliacall==0.9.20 pythonnet==3.0.3 sqlfluff==3.0.7 pygments==2.18.0)

# A private view of apt with the sources of the same archive; the system's is left alone.
apt_sources() {
    local apt=$work/apt
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    cat /etc/apt/sources.list.d/*.sources 2>/dev/null |
        sed 's/^Types:.*/Types: deb deb-src/' >"$apt/all.sources" || true
    sed -n 's/^deb \(.*\)/deb \1\ndeb-src \1/p' /etc/apt/sources.list >"$apt/all.list" 2>/dev/null || true
    apt_options=(-qq -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$apt"
        -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache")
    [[ -e $apt/done ]] || { apt-get "${apt_options[@]}" update && touch "$apt/done"; }
}

# Each fetches into a folder of its own, once; what is not to be had is said and left out.
fetch_source() {
    (cd "$1" && apt-get "${apt_options[@]}" source --download-only --tar-only "$2" && unpack_all)
}
fetch_document() {
    (cd "$1" && apt-get "${apt_options[@]}" download "$2" && dpkg-deb -x ./*.deb . && rm ./*.deb &&
        find . -type f -name '*.gz' -exec gunzip -f {} +)
}
fetch_sdist() {
    (cd "$1" && python3 -m pip download -q --no-deps --no-binary :all: "$2" &&
        unpack_all)
}
unpack_all() {
    local archive
    for archive in ./*.tar.*; do
        case $archive in
            *.asc | *.debian.tar.*) ;;
            *) tar xf "$archive" ;;
        esac
    done
    rm -f ./*.tar.* ./*.dsc
}

fetch() {
    local how=$1 name=$2 folder=$work/$2
    [[ ! -e $folder/.done ]] || return 0
    rm -rf "$folder"
    mkdir -p "$folder"
    if "$how" "$folder" "$name" >"$work/fetch.log" 2>&1; then
        touch "$folder/.done"
    else
        echo "not fetched: $name: $(tail -n 1 "$work/fetch.log")" >&2
        rm -rf "$folder"
    fi
}

report() {
    local name=$1 status=0
    timeout 1200 "$build/tests/real/real_report" "$work/$name" >"$work/$name.tsv" || status=$?
    if ((status != 0)); then
        echo "CRASHED or failed with $status: $name" >&2
        printf 'bad\t%s\tended with %d\n' "$name" "$status" >>"$work/$name.tsv"
    fi
}

print_sums() {
    awk -F '\t' '
        $1 == "code" || $1 == "format" { files[$1, $2] += $3; marked[$1, $2] += $4; found[$1, $2] += $5
                                         bytes[$1, $2] += $6; ms[$1, $2] += $7; key[$1, $2] = $1 FS $2 }
        $1 == "reason" { reasons[$2] += $3 }
        $1 == "bad" { bad[$2 ": " $3]++ }
        END {
            for (k in key) {
                split(key[k], name, FS)
                printf "%s\t%-16s %6d files  %5.1f %% %s  %8.1f %s  %6.1f MB/s\n", name[1], name[2],
                    files[k], 100 * marked[k] / files[k], name[1] == "code" ? "with errors" : "read",
                    name[1] == "code" ? found[k] / files[k] : found[k],
                    name[1] == "code" ? "symbols a file" : "with warnings",
                    bytes[k] / 1000 / (ms[k] + 0.001) | "sort"
            }
            close("sort")
            for (r in reasons) printf "reason %5d  %s\n", reasons[r], r | "sort -k2 -rn"
            close("sort -k2 -rn")
            for (b in bad) { print "BAD " b; failed = 1 }
            exit failed
        }' "$@"
}

mkdir -p "$work"
names=("$@")
if ((${#names[@]} == 0)); then
    apt_sources
    for name in "${sources[@]}"; do fetch fetch_source "$name"; done
    for name in "${documents[@]}"; do fetch fetch_document "$name"; done
    for name in "${sdists[@]}"; do fetch fetch_sdist "$name"; done
    names=("${sources[@]}" "${documents[@]}" "${sdists[@]}")
fi
cmake --build "$build" --target real_report >"$work/build.log" 2>&1 || { tail "$work/build.log" >&2; exit 1; }
tables=()
for name in "${names[@]}"; do
    if [[ -e $work/$name/.done ]]; then
        report "$name"
        tables+=("$work/$name.tsv")
    fi
done
print_sums "${tables[@]}"
