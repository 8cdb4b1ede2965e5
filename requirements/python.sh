#!/bin/sh
# Sets up .venv, step by step; called by the Makefile, which knows when a step is due.
#
#   python.sh tools   makes .venv and puts the pinned pip and uv into it
#   python.sh site    makes .venv hold exactly requirements/site.txt and this project (editable)
#   python.sh dev     the same with requirements/dev.txt, which contains site.txt
#
# PYTHON names the interpreter to use; without it python3 is used, or the newest one that will do.
set -eu

cd "$(dirname "$0")/.."
export PIP_CACHE_DIR="$PWD/.cache/pip" UV_CACHE_DIR="$PWD/.cache/uv"
export PIP_DISABLE_PIP_VERSION_CHECK=1 UV_NO_PROGRESS=1 UV_PYTHON_DOWNLOADS=never
# Trust the certificates that the system trusts, as pip does.
export UV_SYSTEM_CERTS=1

say() { printf 'set-up: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# Two more tries: a package index sometimes fails to serve a file it has.
persist() {
    for pause in 2 10; do
        "$@" && return
        say "that failed; trying again in $pause s"
        sleep "$pause"
    done
    "$@"
}

will_do() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in "${PYTHON:-python3}" ${PYTHON:+none} python3.14 python3.13 python3.12 python3.11; do
        [ "$candidate" = none ] && break # one was asked for by name: do not use another
        if will_do "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    found=$("${PYTHON:-python3}" -c 'import platform; print(platform.python_version())' 2>/dev/null) || found=missing
    die "duizhao needs Python 3.11 or newer; ${PYTHON:-python3} is $found. Install one, or name it: make PYTHON=/path/to/python3.12"
}

case "$1" in
tools)
    # `--clear` would empty what a link leads to, which may be the environment of another checkout.
    [ ! -L .venv ] || die ".venv is a link: remove it, and an environment is made here"
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null || {
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        die "$python cannot make virtual environments: install its venv module (Debian, Ubuntu: apt-get install python3-venv, or $package)"
    }
    "$python" -m venv --clear .venv
    persist .venv/bin/python -m pip install --quiet --require-hashes -r requirements/tools.txt
    ;;
site | dev)
    persist .venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes "requirements/$1.txt"
    # MkDocs finds the plugin by its entry point, so the project itself must be installed.
    .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
    ;;
*)
    die "unknown step: $1"
    ;;
esac
