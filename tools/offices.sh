# shellcheck shell=bash
# The five example offices in one database: their records, some measures, their annual reports.
# Sourced by ./dev.

offices_database=out/run/fazhi.db

run_fazhi() {
    build/release/fazhi --database "$offices_database" "$@"
}

load_offices() {
    mkdir -p out/run
    run_fazhi init
    local office_file
    for office_file in examples/*/office.yaml; do
        run_fazhi load "$(dirname "$office_file")"
    done
}

# Prints what figures.csv (row_id, office, year, measure, filter) lists for the office, unfiltered.
print_measures() {
    local office=$1 year=$2 measures
    mapfile -t measures < <(awk -F, -v office="$office" \
        'NR > 1 && $2 == office && !seen[$4]++ {print $4}' examples/figures.csv)
    run_fazhi measure --jurisdiction "$office" --year "$year" "${measures[@]}"
}

show_offices() {
    local office_file office year
    for office_file in examples/*/office.yaml; do
        office="$(basename "$(dirname "$office_file")")"
        year="$(sed -n 's/^report_year: *\([0-9]\{4\}\).*/\1/p' "$office_file")"
        if [[ -z $year ]]; then
            echo "dev: $office_file has no report_year" >&2
            return 1
        fi
        say "$office $year"
        print_measures "$office" "$year"
        run_fazhi report build --jurisdiction "$office" --year "$year" \
            --out "out/run/reports/$office"
    done
    say "The annual reports (DOCX, PDF, HTML)"
    find "$PWD/out/run/reports" -type f -name '*.docx' -o -name '*.pdf' -o -name '*.html' | sort
}
