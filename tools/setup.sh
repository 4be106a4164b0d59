#!/usr/bin/env bash
# Sees to what building needs: a linker, Python 3, git, and Rust 1.94 or later. Installs what it can; says how to get the rest.
set -euo pipefail
export PATH="$HOME/.cargo/bin:$PATH"
wanted=1.94

have() { command -v "$1" >/dev/null 2>&1; }
stop() { printf 'setup: %s\n' "$@" >&2; exit 1; }
# apt PACKAGE…: installs Debian packages where that is possible.
apt() {
  have apt-get && [ "$(id -u)" = 0 ] || return 1
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq || true
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

missing=()
have cc || missing+=(build-essential)
have python3 || missing+=(python3)
have git || missing+=(git)
if [ ${#missing[@]} -gt 0 ]; then
  echo "setup: installing ${missing[*]}"
  apt "${missing[@]}" || stop "missing: ${missing[*]}." "On Debian or Ubuntu: sudo apt-get install ${missing[*]}. On macOS: xcode-select --install."
fi

new_enough() {
  local found
  found=$(rustc --version 2>/dev/null | cut -d' ' -f2) || return 1
  [ -n "$found" ] && [ "$(printf '%s\n%s\n' "$wanted" "$found" | sort -V | head -n 1)" = "$wanted" ]
}
if ! have cargo || ! new_enough; then
  have rustup || apt rustup 2>/dev/null || true
  have rustup || stop "Rust $wanted or later is needed; Debian's own rustc is too old." \
    "Get it from https://rustup.rs: curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal" \
    "then run this again."
  echo "setup: installing the stable Rust toolchain with rustup"
  rustup toolchain install stable --profile minimal --component clippy --component rustfmt
  rustup default stable
  new_enough || stop "rustup gave $(rustc --version), but Rust $wanted or later is needed. Try: rustup update stable"
fi
