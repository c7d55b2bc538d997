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

# The first person in a list of office.yaml, indented by so much, whose line holds these words.
person_with() { # file, indent, words
    sed -n "s/^$2- {code: \([a-z0-9_]*\),.*$3.*/\1/p" "$1" | head -n 1
}

# Accounts to try the program with: an administrator, a leader, the law office, a section and a
# community of each office, and the bureau above it. Their first passwords are told once.
make_accounts() {
    local office_file office district admin words persons
    local kept=out/run/accounts-made
    if [[ -f $kept ]]; then
        echo "made before; a forgotten password: fazhi account reset (docs/operating.md)"
        return
    fi
    for office_file in examples/*/office.yaml; do
        office="$(basename "$(dirname "$office_file")")"
        admin="$(person_with "$office_file" '  ' 'posts: .*\badmin\b')"
        persons=()
        for words in 'posts: .*\badmin\b' 'posts: .*\bleader\b' 'posts: .*\blaw_office\b' \
            'posts: .*\bliaison\b' 'unit: community_.*\bclerk\b'; do
            persons+=("$(person_with "$office_file" '  ' "$words")")
        done
        run_fazhi account create --jurisdiction "$office" --as "$admin" "${persons[@]}"
        district="$(sed -n 's/^  - code: //p' "$office_file" | head -n 1)"
        if [[ -e out/run/$district-made ]]; then continue; fi # Two offices may have one.
        admin="$(person_with "$office_file" '      ' 'posts: .*\badmin\b')"
        persons=()
        for words in 'posts: .*\bbureau\b' 'posts: .*\badmin\b'; do
            persons+=("$(person_with "$office_file" '      ' "$words")")
        done
        run_fazhi account create --jurisdiction "$district" --as "$admin" "${persons[@]}"
        touch "out/run/$district-made"
    done
    touch "$kept"
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
