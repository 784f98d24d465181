#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The bench of answers: installs and builds what it needs, fetches the corpora once, asks, and prints
# what the answers are worth. Arguments go to answers/ask.py:
#   tests/bench/answers.sh                            the held-out questions, all modes
#   tests/bench/answers.sh --group dev                the questions to tune with
#   tests/bench/answers.sh --group tenth --check-floors    what CI runs
#   tests/bench/answers.sh --model FILE.gguf --mode fused
set -euo pipefail
# shellcheck source=cmake/setup.sh
source "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../../cmake/setup.sh"

tl_install "${tl_build_packages[@]}" python3 poppler-utils dpkg-dev
tl_configure OFF
tl_build throughline
exec python3 "$tl_root/tests/bench/answers/ask.py" --program "$tl_build_dir/app/throughline" "$@"
