#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs and builds what a benchmark needs, then runs it.
#   tests/bench/run.sh                     all of them, one after the other
#   tests/bench/run.sh NAME [ARGUMENT...]  one: roof, kernel, engine, batch, tokenizer, reopen,
#                                          ingest, corpus, store or pdf; the arguments are its own, see README.md
# What they measure with beside this tree comes from Debian and PyPI and stays in build/peer and
# build/bench.
set -euo pipefail
# shellcheck source=cmake/setup.sh
source "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../../cmake/setup.sh"

names=(roof kernel engine batch tokenizer reopen ingest corpus store pdf)
programs=$tl_build_dir/tests/bench
pdfs=$tl_root/build/bench/pdf
pdf_package=texlive-latex-recommended-doc # 50 MB of manuals; those under 600 kB are read

# llama.cpp, built for this machine, and pip's ways to get it.
prepare_peer() {
    local venv=${TL_PEER_VENV:-$tl_root/build/peer/venv}
    [[ ! -x $venv/bin/python ]] || return 0
    tl_install python3-venv python3-dev
    tl_say "Building llama.cpp from PyPI into $venv, some minutes"
    tl_logged peer python3 "$tl_root/tests/bench/peer_llama.py" --setup --venv "$venv"
}

# Unpacked and not installed: the package wants half of TeX.
prepare_pdfs() {
    tl_install poppler-utils
    [[ ! -e $pdfs/done ]] || return 0
    tl_say "Fetching PDFs from Debian's $pdf_package into $pdfs, 50 MB"
    rm -rf -- "$pdfs"
    mkdir -p -- "$pdfs"
    (cd -- "$pdfs" && tl_logged pdfs apt-get -q download "$pdf_package" && dpkg-deb -x ./*.deb . && rm ./*.deb)
    touch -- "$pdfs/done"
}

# bench NAME [ARGUMENT...]
bench() {
    local name=$1 files
    shift
    case $name in
        engine)
            [[ " $* " == *' --no-peer '* ]] || prepare_peer
            ;;
        corpus)
            tl_install python3
            (($# > 0)) ||
                set -- "$tl_root/resources/model/throughline-154m-q4_0.gguf" /usr/include /usr/lib/python3.*
            ;;
        pdf)
            prepare_pdfs
            if (($# == 0)); then
                mapfile -t files < <(find "$pdfs" -name '*.pdf' -size -600k | sort)
                set -- "${files[@]}"
            fi
            ;;
    esac
    tl_build "${name}_bench"
    tl_say "== ${name}_bench"
    "$programs/${name}_bench" "$@"
}

if (($# > 0)) && ! printf '%s\n' "${names[@]}" | grep -qxF -- "$1"; then
    tl_fail "$1: no such benchmark; there are ${names[*]}"
fi
tl_install "${tl_build_packages[@]}" "${tl_test_packages[@]}"
tl_configure ON
if (($# > 0)); then
    bench "$@"
else
    for name in "${names[@]}"; do
        bench "$name"
    done
fi
