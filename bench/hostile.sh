#!/usr/bin/env bash
# Whether the coder's cost stays linear: bench/hostile.sh [MB], 1 by default.
#
# Codes texts built to hurt (one endless sentence, nested quotes, only digits, only clitics, …) at 10 kB, 100 kB and 1 MB, up to
# the size given, and prints nanoseconds per byte. `worst_growth` is the time per byte at the largest size over that at 10 kB,
# of the case where it grows most: 1 is linear, 100 would be quadratic.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}

cargo build --quiet --release --manifest-path "$root/bench/peers/Cargo.toml"
"$CARGO_TARGET_DIR/release/peers" hostile "${1:-1}"
