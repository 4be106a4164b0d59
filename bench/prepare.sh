# What the benchmarks of the program share; sourced, not run. Goes to the repository, and names the build in MARSAD, which is
# made unless it is named already, with the profile PROFILE (release).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$HOME/.cargo/bin:$PATH"
target=${CARGO_TARGET_DIR:-target}
profile=${PROFILE:-release}
if [ -z "${MARSAD:-}" ]; then
  cargo build --profile "$profile" --quiet -p marsad
  MARSAD=$target/$profile/marsad
fi
