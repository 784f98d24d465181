#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Plants one fault at a time in a small tree and fails when the habit meant for it stays silent.
# Usage: notices_faults.sh CMAKE CXX NM READELF
set -euo pipefail
cmake=$1 cxx=$2 nm=$3 readelf=$4
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
tree=$(mktemp -d)
trap 'rm -rf -- "$tree"' EXIT
failed=0

# A tree in which all habits are content.
clean_tree() {
    rm -rf -- "$tree"
    mkdir -p "$tree"/{base,kernels,engine/model,ingest,store,app/{model,project},ui,tests,cmake,installer,.ci}
    printf '// SPDX-License-Identifier: Apache-2.0\nint one() {\n    return 1;\n}\n' \
        >"$tree/base/one.cpp"
    printf '// SPDX-License-Identifier: Apache-2.0\nint one();\n' >"$tree/base/one.h"
    printf '// SPDX-License-Identifier: Apache-2.0\n#include "base/one.h"\n' >"$tree/engine/two.h"
    touch "$tree"/{run,test,.ci/run}
    # The backquotes are README's.
    # shellcheck disable=SC2016
    printf '```sh\n./run    # the program\n./test\n```\n' >"$tree/README.md"
}

# expect pass|fail COMMAND...
expect() {
    local wanted=$1 got=pass
    shift
    "$@" >"$tree/output" 2>&1 || got=fail
    if [[ $got != "$wanted" ]]; then
        printf 'expected to %s: %s\n' "$wanted" "$*"
        cat -- "$tree/output"
        failed=1
    fi
}

# fault FILE TEXT COMMAND...: content without the text at the end of the file, and not with it.
fault() {
    local file=$1 text=$2
    shift 2
    clean_tree
    expect pass "$@"
    # The text is a format so that it can name any byte.
    # shellcheck disable=SC2059
    printf "$text" >>"$tree/$file"
    expect fail "$@"
}

# built SOURCE: a program and an archive from one line of C++.
built() {
    printf '%s\n' "$1" | "$cxx" -x c++ -c - -o "$tree/one.o"
    rm -f -- "$tree/one.a"
    ar rc "$tree/one.a" "$tree/one.o"
    "$cxx" "$tree/one.o" -o "$tree/one"
}

layering=("$cmake" "-DROOT=$tree" -P "$here/layering.cmake")
fault engine/two.h '#include "ingest/corpus.h"\n' "${layering[@]}"
fault engine/two.h '#include "kernels/cpu/page_layout.h"\n' "${layering[@]}"
fault ui/three.cpp '#include "kernels/backend.h"\n' "${layering[@]}"
fault ui/three.cpp '#include "app/project/worker.h"\n' "${layering[@]}"
fault app/four.h '#include "engine/two.h"\n' "${layering[@]}"
fault app/model/five.h '#include "app/answer/six.h"\n' "${layering[@]}"
fault app/four.h '#include "app/answer/six.h"\n' "${layering[@]}"

fault base/one.cpp "$(printf '\\n%.0s' {1..900})" "$here/lengths.sh" "$tree"
fault base/one.cpp "int two() {$(printf '\\n%.0s' {1..120})}\n" "$here/lengths.sh" "$tree"

# shellcheck disable=SC2016  # The backquotes are the document's.
fault README.md 'As `base/two` says.\n' "$here/references.sh" "$tree"
fault README.md 'See [two](docs/two.md).\n' "$here/references.sh" "$tree"

fault base/one.cpp '// caf\303\251\n' "$here/sources.sh" "$tree"
fault base/one.cpp '\tint x;\n' "$here/sources.sh" "$tree"
fault base/one.cpp 'int x; \n' "$here/sources.sh" "$tree"
fault base/one.cpp '// TO''DO later\n' "$here/sources.sh" "$tree"
fault base/one.cpp '// see /ho''me/me/notes\n' "$here/sources.sh" "$tree"
fault base/two.cpp 'int two();\n' "$here/sources.sh" "$tree"

fault base/one.h 'std::string one();\n' "$here/headers.sh" "$tree" "$cxx"
# Beside a source that includes it after what it forgot, or one that vouches for it.
fault base/one.h '#include "base/two.h"\n' "$here/headers.sh" "$tree" "$cxx"
clean_tree
printf '#pragma once\nstd::string two();\n' >"$tree/base/two.h"
printf '#include <string>\n#include "base/two.h"\n' >"$tree/base/two.cpp"
expect fail "$here/headers.sh" "$tree" "$cxx"

fault README.md 'apt-get install cmake\n' "$here/readme.sh" "$tree/README.md"
clean_tree
sed -i 's|^./test|make\n./test|' "$tree/README.md"
expect fail "$here/readme.sh" "$tree/README.md"

built '#include <cstdio>
int main() { char text[9]; return std::snprintf(text, sizeof(text), "%d", 1); }'
expect pass "$here/no_printing.sh" "$nm" "$tree/one.a"
expect pass "$here/no_network.sh" "$readelf" "$tree/one"
built '#include <cstdio>
int main() { return std::printf("%d", 1); }'
expect fail "$here/no_printing.sh" "$nm" "$tree/one.a"
built '#include <iostream>
int main() { std::cerr << 1; }'
expect fail "$here/no_printing.sh" "$nm" "$tree/one.a"
built '#include <sys/socket.h>
int main() { return ::socket(AF_INET, SOCK_STREAM, 0); }'
expect fail "$here/no_network.sh" "$readelf" "$tree/one"
exit $failed
