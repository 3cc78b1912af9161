# What the scripts share: their help, and Debian's packages.

# The comment at the head of a script is its help.
show_help() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; }

wants_help() { [[ ${1:-} == -h || ${1:-} == --help ]]; }

to_build=(g++ cmake ninja-build unixodbc-dev libsqlite3-dev libtomlplusplus-dev libspdlog-dev libfmt-dev libcli11-dev
    nlohmann-json3-dev)
to_run=(odbc-postgresql odbc-mariadb tdsodbc)
to_test=(doctest-dev postgresql postgresql-client mariadb-server-core mariadb-client-core sqlite3 python3
    python3-psycopg2 python3-pymysql python3-pyodbc python3-sqlglot python3-jsonschema sqlfluff clang-format chromium)
to_migrate=(default-jre-headless maven)
to_show=(sqlite3)

is_installed() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

as_root() { if ((EUID == 0)); then "$@"; else sudo "$@"; fi; }

# Installs those packages that are missing; asks the network for nothing when none is.
need() {
    local package missing=()
    for package; do is_installed "$package" || missing+=("$package"); done
    if ((${#missing[@]} == 0)); then return; fi
    echo "installing from Debian: ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}"
}

# Configures and builds a preset of CMakePresets.json.
build() {
    echo "building: $1"
    cmake --preset "$1" >/dev/null
    cmake --build --preset "$1"
}

# Keeps what a command says to itself, unless it fails.
quietly() {
    local said
    if ! said=$("$@" 2>&1); then
        echo "$said" >&2
        return 1
    fi
}
