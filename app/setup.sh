# Sourced by app/run and tests/run: installs what app/packages.txt lists and is not there, then
# configures. Says nothing where nothing is to do.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=${TRIPTYCH_BUILD:-$root/build}

install_packages() {
    local missing=() name
    while read -r name; do
        dpkg-query -W -f '${db:Status-Abbrev}\n' "$name" 2>/dev/null | grep -q '^ii' || missing+=("$name")
    done < <(sed 's/#.*//' "$root/app/packages.txt" | awk 'NF {print $1}')
    [ ${#missing[@]} -eq 0 ] && return
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "These packages are missing and there is no sudo: ${missing[*]}" >&2; exit 1; }
        sudo=(sudo)
    fi
    echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    local log
    log=$(mktemp)
    { "${sudo[@]}" apt-get update &&
        "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
    } > "$log" 2>&1 || { tail -n 40 "$log" >&2; echo "The packages could not be installed; the log is $log" >&2; exit 1; }
    rm -f "$log"
}

# configure [cmake arguments]: quiet unless it fails.
configure() {
    local log=$build/configure.log
    mkdir -p "$build"
    cmake -S "$root" -B "$build" -G Ninja "$@" > "$log" 2>&1 || { tail -n 40 "$log" >&2; exit 1; }
}

# build_targets [targets]: ninja, one line a step only where there is much to do.
build_targets() {
    local log=$build/build.log
    if ninja -C "$build" -n "$@" | grep -q 'no work to do'; then return; fi
    echo "Building in $build (log: $log)"
    ninja -C "$build" "$@" > "$log" 2>&1 || { grep -vE '^\[[0-9]+/[0-9]+\]' "$log" | tail -n 60 >&2; exit 1; }
}
