#!/bin/sh
# Make .venv and install a lock file into it: requirements/install.sh requirements/run.lock
# Uses uv where it is found, otherwise venv and pip. Asks nothing of the machine but Python >= 3.12.
set -eu
lock=$1
cd "$(dirname "$0")/.."

say() {
    printf '%s\n%s\n' "$1" "$2" >&2
}

fits() {
    # A pyenv shim may exist and still refuse to run.
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

lacks() {
    # Name what a Python cannot load: one built from source finds SQLite only where its library is.
    "$1" - 2>/dev/null <<'END'
import importlib
for name in ("ctypes", "sqlite3", "ssl", "zlib"):
    try:
        importlib.import_module(name)
    except ImportError:
        print(name)
END
}

list_pythons() {
    for name in python3.13 python3.12 python3 python3.14 python3.15 python; do
        found=$(command -v "$name" 2>/dev/null) || continue
        if fits "$found"; then
            echo "$found"
        fi
    done
    for root in "${PYENV_ROOT:-}" "${HOME:-/root}/.pyenv"; do
        for found in "$root"/versions/3.13.*/bin/python "$root"/versions/3.*/bin/python; do
            if [ -x "$found" ] && fits "$found"; then
                echo "$found"
            fi
        done
    done
}

find_python() {
    list_pythons | while read -r found; do
        if [ -z "$(lacks "$found")" ]; then
            echo "$found"
            break
        fi
    done
}

complete_python() {
    found=$(list_pythons | head -n 1)
    [ -n "$found" ] || return 0
    if can_install; then
        install_package libsqlite3-0
        python=$(find_python)
        [ -z "$python" ] || return 0
    fi
    missing=$(lacks "$found" | paste -sd ' ' -)
    say "$found 缺少 $missing。Debian / Ubuntu 上请运行：sudo apt install libsqlite3-0，然后重试；仍不行，请重新编译这个 Python（先装 libsqlite3-dev libssl-dev libffi-dev zlib1g-dev）。" \
        "$found lacks $missing. On Debian or Ubuntu run: sudo apt install libsqlite3-0, then try again; if that does not help, build this Python anew (with libsqlite3-dev libssl-dev libffi-dev zlib1g-dev)."
    exit 2
}

make_environment() {
    python=$(find_python)
    [ -n "$python" ] || [ -n "$uv" ] || complete_python
    if [ -n "$python" ]; then
        if [ -n "$uv" ]; then
            "$uv" venv -q --python "$python" .venv
        elif ! "$python" -m venv .venv 2>/dev/null; then
            add_venv_package "$python"
            rm -rf .venv
            "$python" -m venv .venv
        fi
    elif [ -n "$uv" ]; then
        "$uv" venv -q --python 3.13 --managed-python .venv
    else
        say "没有找到 Python 3.12 或更新的版本。请安装后重试：Debian 13 / Ubuntu 24.04 上可用 apt install python3 python3-venv；更早的系统请用 pyenv 或 uv。" \
            "No Python 3.12 or newer was found. Install one and try again: on Debian 13 / Ubuntu 24.04 apt install python3 python3-venv; on older systems use pyenv or uv."
        exit 2
    fi
}

can_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

install_package() {
    apt-get -q update >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends "$1" >/dev/null 2>&1 || true
}

add_venv_package() {
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if can_install; then
        install_package "$package"
    else
        say "Python 缺少 venv。请运行：sudo apt install $package，然后重试。" \
            "Python lacks venv. Run: sudo apt install $package, then try again."
        exit 2
    fi
}

uv=$(command -v uv 2>/dev/null || true)
if [ -n "$uv" ] && ! "$uv" --version >/dev/null 2>&1; then
    uv=
fi
if ! { [ -x .venv/bin/python ] && fits .venv/bin/python; }; then
    rm -rf .venv
    make_environment
fi
say "正在安装所需的程序包（$lock）……" "Installing what is needed ($lock) …"
# The project itself is put on the path last, with the build tool that the lock has just brought.
if [ -n "$uv" ]; then
    VIRTUAL_ENV=$PWD/.venv "$uv" pip install -q --require-hashes -r "$lock"
    VIRTUAL_ENV=$PWD/.venv "$uv" pip install -q --no-deps --no-build-isolation -e .
else
    [ -x .venv/bin/pip ] || .venv/bin/python -m ensurepip -q
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
fi
