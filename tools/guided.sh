#!/usr/bin/env bash
# The Python package, built twice: the second time guided by a profile of the first one at work, which makes it faster.
#
# The first build counts which turns it takes over the invented reports of the repository (tools/guide.py); the compiler then lays the code
# out by those counts. Nothing but speed changes. Takes ten minutes on two cores; the wheel is put into target/guided/wheels.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
env=$target/python
guided=$target/guided
wheels=$guided/wheels
stop() { printf 'guided: %s\n' "$@" >&2; exit 1; }

# llvm-profdata of the compiler's own LLVM, since others may not read what it counts.
llvm=$(rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
find_profdata() {
  local tool
  for tool in "$(rustc --print sysroot)"/lib/rustlib/*/bin/llvm-profdata "/usr/lib/llvm-$llvm/bin/llvm-profdata"; do
    [ -x "$tool" ] && { echo "$tool"; return; }
  done
  return 1
}
if ! find_profdata >/dev/null; then
  echo "guided: installing llvm-profdata $llvm"
  rustup component add llvm-tools 2>/dev/null || { [ "$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq --no-install-recommends "llvm-$llvm" >/dev/null; } || true
fi
profdata=$(find_profdata) || stop "llvm-profdata $llvm is missing." "Try: rustup component add llvm-tools; or on Debian: apt-get install llvm-$llvm"
[ -x "$env/bin/maturin" ] || stop "$env is missing; run tools/python.sh wheel first"

# With a target named, the programs that only help to build are left as they are.
host=$(rustc -vV | sed -n 's/^host: //p')
# wheel OUT FLAG: a wheel built with that flag.
wheel() {
  rm -rf "$1"
  RUSTFLAGS="${RUSTFLAGS:-} $2" CARGO_TARGET_DIR=$guided "$env/bin/maturin" build ${CI:+--locked} --quiet --release --target "$host" \
    --manifest-path crates/marsad-py/Cargo.toml --interpreter "$env/bin/python" --out "$1"
}

echo "guided: building what counts"
rm -rf "$guided/counts"
wheel "$guided/counting" "-Cprofile-generate=$guided/counts"
"$env/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade --no-deps --target "$guided/site" "$guided"/counting/marsad-*.whl
LLVM_PROFILE_FILE=$guided/counts/%p.profraw PYTHONPATH=$guided/site "$env/bin/python" tools/guide.py
"$profdata" merge --sparse --output "$guided/marsad.profdata" "$guided"/counts/*.profraw
echo "guided: building by what was counted"
wheel "$wheels" "-Cprofile-use=$guided/marsad.profdata"
ls "$wheels"/marsad-*.whl
