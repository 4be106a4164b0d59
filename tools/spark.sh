#!/usr/bin/env bash
# The Python package on engines, in a virtual environment under the target directory: tools/spark.sh test|bench|env.
#
# test: Spark local[2], Sail's local cluster, and a Spark cluster of processes of which a worker is killed; needs a Java runtime (17 or later).
# bench: bench/spark.py, with the number of articles in ARTICLES.    env: only makes the environment.
# PROFILE=quick builds sooner and runs slower.
set -euo pipefail
cd "$(dirname "$0")/.."
package=crates/marsad-py
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
profile=${PROFILE:-release}
env=$target/spark-venv
export PIP_DISABLE_PIP_VERSION_CHECK=1

command -v java >/dev/null || { echo "spark: java is missing (on Debian: apt-get install openjdk-17-jre-headless)" >&2; exit 1; }
[ -x "$env/bin/python" ] || python3 -m venv "$env"
if ! cmp -s "$package/requirements-spark.txt" "$env/installed.txt"; then
  "$env/bin/python" -m pip install --quiet --requirement "$package/requirements-spark.txt"
  cp "$package/requirements-spark.txt" "$env/installed.txt"
fi
rm -rf "$target/spark-wheels"
"$env/bin/maturin" build ${CI:+--locked} --quiet --profile "$profile" --manifest-path "$package/Cargo.toml" \
  --interpreter "$env/bin/python" --out "$target/spark-wheels"
"$env/bin/python" -m pip install --quiet --force-reinstall --no-deps "$target"/spark-wheels/marsad-*.whl

# Workers start the Python of this environment.
export PYSPARK_PYTHON=$env/bin/python PYSPARK_DRIVER_PYTHON=$env/bin/python MARSAD=${MARSAD:-$target/$profile/marsad}
case "$1" in
  test)
    # A process speaks either Spark's protocol or with Spark itself.
    for part in sail local cluster; do
      "$env/bin/python" -m pytest --quiet -p no:cacheprovider "$package/spark-tests/test_$part.py"
    done
    ;;
  bench) "$env/bin/python" bench/spark.py ${ARTICLES:+"$ARTICLES"} ;;
  env) ;;
esac
