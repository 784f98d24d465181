#!/usr/bin/env bash
set -euo pipefail
readonly TARGET=/srv
count=0

build() {
    local inner=1
    make -j"$inner"
}

function deploy {
    build
}

deploy "$@"
