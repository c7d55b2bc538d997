# shellcheck shell=bash
# Installs what is missing from tools/packages.txt. Sourced by ./dev, from the root of the checkout.

# require_packages GROUP...: afterwards all packages of these groups are installed, or the script
# has ended.
require_packages() {
    if ! command -v dpkg-query >/dev/null; then
        echo "dev: this machine has no dpkg; install what tools/packages.txt lists for: $*" >&2
        exit 1
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    if ((${#missing[@]} == 0)); then return; fi

    echo "Missing Debian packages (${#missing[@]}):"
    describe_packages "${missing[@]}"
    local as_root=()
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            echo "dev: installing needs root, and there is no sudo here. Run as root:" >&2
            echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
            exit 1
        fi
        as_root=(sudo)
    fi
    if [[ " ${missing[*]} " == *" postgresql-15 "* ]]; then
        keep_system_cluster_away "${as_root[@]}"
    fi
    echo "Installing them with apt-get${as_root[0]:+ (through sudo)}."
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y
        -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0)
    if ! "${apt[@]}" update; then
        echo "dev: apt-get update failed; trying with the package lists of before." >&2
    fi
    if ! "${apt[@]}" install --no-install-recommends "${missing[@]}"; then
        echo "dev: apt-get could not install the packages above; it said why." >&2
        exit 1
    fi
}

# Prints the packages of the given groups that are not installed, each once.
missing_packages() {
    local group package rest installed wanted=" $* "
    installed=" $(dpkg-query -W -f='${Package}:${db:Status-Status} ' 2>/dev/null) "
    while read -r group package rest; do
        # A Node.js from elsewhere than Debian brings its own npm.
        if [[ $package == npm ]] && command -v npm >/dev/null; then continue; fi
        if [[ $wanted == *" $group "* && $installed != *" $package:installed "* ]]; then
            echo "$package"
        fi
    done < <(grep -v '^#' tools/packages.txt) | sort -u
}

describe_packages() {
    local package
    for package in "$@"; do
        awk -v package="$package" '$2 == package && !said {
            line = $0; sub(/^[^ ]+ +[^ ]+ +/, "", line)
            printf "  %-22s %s\n", package, line; said = 1
        }' tools/packages.txt
    done
}

# Debian's postgresql-15 creates and starts a cluster of its own on installation. The tests start
# theirs in a temporary folder, so on a machine that never had PostgreSQL that one is switched off.
keep_system_cluster_away() {
    local conf=/etc/postgresql-common/createcluster.conf
    if [[ -e $conf ]]; then return; fi
    echo "Writing $conf (create_main_cluster = false): PostgreSQL is for the tests only."
    "$@" install -d /etc/postgresql-common
    echo 'create_main_cluster = false' | "$@" tee "$conf" >/dev/null
}
