# shellcheck shell=bash
# A PostgreSQL 15 cluster of the tests' own: temporary folder, Unix socket only, gone afterwards.
# Sourced by ./dev.
#
# The server refuses to run as root, so root hands it to an unprivileged user: postgres or nobody.

postgresql_folder=""
postgresql_owner=()
postgresql_bin=/usr/lib/postgresql/15/bin

# Afterwards FAZHI_TEST_POSTGRESQL names an empty database whose user may create others and is no
# superuser. start_postgresql [undurable]: of tests, which lose nothing that a power cut would take;
# it is twice as fast. A killed server finds what it had answered all the same.
start_postgresql() {
    # /tmp and not TMPDIR: a socket's path may not exceed 107 bytes.
    postgresql_folder="$(mktemp -d /tmp/fazhi-postgresql.XXXXXX)"
    if ((EUID == 0)); then
        local user=postgres
        if ! getent passwd "$user" >/dev/null; then user=nobody; fi
        postgresql_owner=(runuser -u "$user" --)
        chown "$user:" "$postgresql_folder"
    fi
    local data="$postgresql_folder/data" log="$postgresql_folder/log"
    local options="-c listen_addresses='' -c unix_socket_directories='$postgresql_folder'"
    if [[ ${1:-} == undurable ]]; then options+=" -c fsync=off -c full_page_writes=off"; fi
    if ! {
        as_postgresql_owner initdb --pgdata="$data" --username=postgres --auth=trust \
            --encoding=UTF8 --locale=C.UTF-8 &&
            as_postgresql_owner pg_ctl --pgdata="$data" --log="$log" --options="$options" \
                --wait start &&
            as_postgresql_owner createuser --host="$postgresql_folder" --username=postgres \
                --createdb fazhi &&
            as_postgresql_owner createdb --host="$postgresql_folder" --username=postgres \
                --owner=fazhi fazhi
    } >"$postgresql_folder.out" 2>&1; then
        cat "$postgresql_folder.out" >&2
        if [[ -e $log ]]; then cat "$log" >&2; fi
        echo "dev: PostgreSQL did not start" >&2
        return 1
    fi
    export FAZHI_TEST_POSTGRESQL="postgresql:///fazhi?host=$postgresql_folder&user=fazhi"
    echo "PostgreSQL runs in $postgresql_folder"
}

# May be called at any time, also when nothing was started.
stop_postgresql() {
    if [[ -z $postgresql_folder ]]; then return; fi
    if [[ -e $postgresql_folder/data/postmaster.pid ]]; then
        as_postgresql_owner pg_ctl --pgdata="$postgresql_folder/data" --mode=immediate --wait stop \
            >/dev/null 2>&1 || echo "dev: PostgreSQL did not stop" >&2
    fi
    rm -rf "$postgresql_folder" "$postgresql_folder.out"
    postgresql_folder=""
}

# Without asking those who are connected; what they had not committed is gone.
restart_postgresql() {
    as_postgresql_owner pg_ctl --pgdata="$postgresql_folder/data" --log="$postgresql_folder/log" \
        --mode=immediate --wait restart
}

# as_postgresql_owner PROGRAM ARGUMENT...: in a folder its user may enter; root's checkout is none.
as_postgresql_owner() {
    local program="$postgresql_bin/$1"
    shift
    (cd / && "${postgresql_owner[@]}" "$program" "$@")
}
