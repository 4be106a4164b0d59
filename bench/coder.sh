#!/usr/bin/env bash
# How fast the coder is: bench/coder.sh [MB], 100 by default.
#
# One thread codes the development texts (the repository's own examples where ../shared is absent), repeated to so many
# megabytes; in the same rounds charabia only tokenises them, and a bare daachorse pass looks up the language pack's words.
# Also: start-up time of the program and its peak memory for a single document. Ends with one line of name=value pairs.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}

cargo build --quiet --release --manifest-path "$root/bench/peers/Cargo.toml"
cargo build --quiet --release --manifest-path "$root/Cargo.toml" -p marsad

python3 "$root/bench/process.py" "$CARGO_TARGET_DIR/release/marsad"
"$CARGO_TARGET_DIR/release/peers" coder "${1:-100}"
