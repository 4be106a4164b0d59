#!/usr/bin/env bash
# How linking grows: invented reports at the density of a long war, 10^4, 10^5 and 10^6 events (or the numbers given).
# The last line has the seconds of the largest run, the exponent of its growth over the run before it, and its memory.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$HOME/.cargo/bin:$PATH"
target=${CARGO_TARGET_DIR:-target}
sizes=("$@")
[ $# -gt 0 ] || sizes=(10000 100000 1000000)
cargo build --release --quiet -p marsad-link --example synthetic
python3 - "$target/release/examples/synthetic" "${sizes[@]}" <<'PYTHON'
import math, os, subprocess, sys

program, sizes = sys.argv[1], [int(n) for n in sys.argv[2:]]
runs = []
for size in sizes:
    process = subprocess.Popen([program, str(size)], stdout=subprocess.PIPE, text=True)
    line = process.stdout.read().strip()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{program} {size} failed")
    told = dict(part.split("=") for part in line.split())
    runs.append((size, float(told["seconds"]), usage.ru_maxrss / 1024 / 1024))
    print(f"{line} cpu_s={usage.ru_utime + usage.ru_stime:.1f} rss_gb={runs[-1][2]:.2f}", flush=True)
size, seconds, rss = runs[-1]
exponent = math.log(seconds / max(runs[-2][1], 0.01)) / math.log(size / runs[-2][0]) if len(runs) > 1 else float("nan")
print(f"seconds_1e{round(math.log10(size))}={seconds:.1f} exponent={exponent:.2f} rss_gb={rss:.2f}")
PYTHON
