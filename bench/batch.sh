#!/usr/bin/env bash
# Memory and speed of `marsad batch` over a long stream: bench/batch.sh [GIGABYTES], 0.3 by default; 10 for the figure of an archive.
#
# Articles are those of the development data, or of examples/ where that is absent, repeated under new ids and fed through a pipe. The
# memory of the program is looked at all the time: `rss_mb` is its peak, `grown_mb` by how much the peak of the last fifth of the run
# is above that of the second. THREADS sets the number of threads (2).
source "$(dirname "$0")/prepare.sh"
python3 - "$MARSAD" "${1:-0.3}" "${THREADS:-2}" <<'PYTHON'
import json, os, pathlib, subprocess, sys, tempfile, threading, time

program, size, threads = pathlib.Path(sys.argv[1]).resolve(), int(float(sys.argv[2]) * 1e9), sys.argv[3]
rests = []
for folder in ("../shared/eval", "examples"):
    for path in sorted(pathlib.Path(folder).glob("**/*.jsonl")):
        with open(path, encoding="utf-8") as lines:
            rows = (json.loads(line) for line in lines if line.strip())
            texts = [row["text"] for row in rows if isinstance(row.get("text"), str) and len(row["text"]) > 300]
            rests += [json.dumps({"published": "2022-01-16", "text": text}, ensure_ascii=False)[1:].encode() for text in texts]
    if rests:
        break

def feed(pipe):
    written = count = 0
    with open(pipe, "wb", buffering=1 << 20) as out:
        while written < size:
            line = b'{"id":"%d",%s\n' % (count, rests[count % len(rests)])
            out.write(line)
            written += len(line)
            count += 1
    fed.append((written, count))

with tempfile.TemporaryDirectory() as folder:
    pipe, out, fed = pathlib.Path(folder, "articles"), pathlib.Path(folder, "out"), []
    os.mkfifo(pipe)
    began = time.perf_counter()
    process = subprocess.Popen([program, "batch", pipe, "-o", out, "--threads", threads], stderr=subprocess.PIPE)
    threading.Thread(target=process.stderr.read, daemon=True).start()
    threading.Thread(target=feed, args=(pipe,), daemon=True).start()
    seen = []
    while process.poll() is None:
        try:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            seen += [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")]
        except OSError:
            pass
        time.sleep(0.05)
    seconds = time.perf_counter() - began
    if process.returncode not in (0, 2):  # 2: some documents need a look
        sys.exit(f"marsad batch ended with {process.returncode}")
    lines = [json.loads(line) for line in (out / "manifest.jsonl").read_text().splitlines()]
    (written, count), part = fed[0], max(len(seen) // 5, 1)
    if lines[0]["rows"] != count or lines[0]["bytes"] != written:
        sys.exit(f"{count} documents went in, {lines[0]['rows']} rows came out")
    grown = max(seen[-part:]) - max(seen[part : 2 * part] or seen)
    print(
        f"gb={written / 1e9:.2f} documents={count} threads={threads} seconds={seconds:.1f} mb_per_s={written / 1e6 / seconds:.2f} "
        f"docs_per_s={count / seconds:.0f} grown_mb={grown:.0f} rss_mb={max(seen):.0f}"
    )
PYTHON
