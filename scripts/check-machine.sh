#!/bin/sh
# Says in one line what is missing before pip would say it in a hundred. Usage: check-machine.sh PYTHON
python=$1

fail() {
    echo "sharewise: $1" >&2
    exit 1
}

if [ -z "$python" ]; then
    found=$(python3 --version 2>/dev/null || echo "no python3")
    fail "needs Python 3.11 or 3.12 (durable-rules does not run on 3.13), found $found. Install one (Debian, Ubuntu: apt install python3 python3-venv python3-dev) or name it: make PYTHON=/path/to/python3.12"
fi
"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null ||
    fail "needs Python 3.11 or 3.12 (durable-rules does not run on 3.13), but $python is $("$python" --version 2>&1 | head -n 1)"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    fail "$python can't make virtual environments. Install its venv module (Debian, Ubuntu: apt install python3-venv)"
command -v "${CC:-gcc}" >/dev/null 2>&1 || command -v cc >/dev/null 2>&1 || command -v clang >/dev/null 2>&1 ||
    fail "needs a C compiler to build durable-rules. Install one (Debian, Ubuntu: apt install gcc; macOS: xcode-select --install)"
"$python" -c 'import os, sys, sysconfig; sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' ||
    fail "needs Python's C headers to build durable-rules. Install them (Debian, Ubuntu: apt install python3-dev; Fedora: dnf install python3-devel)"
