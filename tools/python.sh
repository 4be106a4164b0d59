#!/usr/bin/env bash
# The Python package in a virtual environment under the target directory: tools/python.sh wheel|test|bench.
#
# wheel: built by maturin and put into target/wheels.    test: types, tests, docstrings, notebook.    bench: speed, and the peers'.
# PROFILE=quick builds sooner and runs slower; MARSAD names the command line that results are compared with.
set -euo pipefail
cd "$(dirname "$0")/.."
package=crates/marsad-py
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
profile=${PROFILE:-release}
env=$target/python
export MARSAD=${MARSAD:-$target/$profile/marsad} PIP_DISABLE_PIP_VERSION_CHECK=1

# Installs a list of requirements, unless that was done before.
install() {
  cmp -s "$1" "$env/$2" && return
  "$env/bin/python" -m pip install --quiet --requirement "$1"
  cp "$1" "$env/$2"
}

[ -x "$env/bin/python" ] || python3 -m venv "$env"
install "$package/requirements-test.txt" installed-test.txt
rm -rf "$target/wheels"
"$env/bin/maturin" build ${CI:+--locked} --quiet --profile "$profile" --manifest-path "$package/Cargo.toml" \
  --interpreter "$env/bin/python" --out "$target/wheels"
[ "$1" = wheel ] && { ls "$target"/wheels/*.whl; exit; }
"$env/bin/python" -m pip install --quiet --force-reinstall --no-deps "$target"/wheels/marsad-*.whl

case "$1" in
  test)
    # Away from the sources, so that what was installed is tested.
    installed=$(cd / && "$env/bin/python" -c 'import marsad, os; print(os.path.dirname(marsad.__file__))')
    "$env/bin/mypy" --config-file "$package/pyproject.toml" "$package/python/marsad"
    stubtest=$(realpath "$package/pyproject.toml")
    (cd / && "$env/bin/stubtest" --mypy-config-file "$stubtest" marsad._native)
    "$env/bin/python" -m pytest --quiet -p no:cacheprovider --config-file "$package/pyproject.toml" --import-mode=importlib \
      --doctest-modules "$installed" "$package/tests"
    ;;
  bench)
    install bench/peers/requirements.txt installed-peers.txt
    "$env/bin/python" bench/python.py
    "$env/bin/python" bench/peers.py
    if tools/guided.sh; then
      echo "The same with the wheel that a profile guided:"
      "$env/bin/python" -m pip install --quiet --force-reinstall --no-deps "$target"/guided/wheels/marsad-*.whl
      "$env/bin/python" bench/peers.py
    else
      echo "bench: there is no wheel that a profile guided to measure" >&2
    fi
    ;;
esac
