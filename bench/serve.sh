#!/usr/bin/env bash
# Many readers and some writers at once: bench/serve.sh [SECONDS], 60 by default.
#
# An observatory of 100,000 invented incidents (INCIDENTS) is made as users make one: articles are ingested and linked. Then 200
# readers (READERS) look at lists, the map, the timeline and single incidents, a request a second each, while 5 people set states.
# On SQLite, or on the PostgreSQL of DATABASE=postgres://…, whose database must be empty. STORE names a folder that is kept and used
# again. The last line has `errors` and `p99_ms` of all requests of readers, and `first_view_p95_ms` of the API alone.
source "$(dirname "$0")/prepare.sh"
if [ -z "${LOAD:-}" ]; then
  cargo build --profile "$profile" --quiet -p marsad-server --example load
  LOAD=$target/$profile/examples/load
fi
folder=$(mktemp -d)
store=${STORE:-$folder/observatory}
server=
trap '[ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; }; rm -rf "$folder"' EXIT
if [ ! -f "$store/marsad.toml" ]; then
  python3 bench/crowd.py "${INCIDENTS:-100000}" > "$folder/articles.jsonl"
  "$MARSAD" init "$store" ${DATABASE:+--database "$DATABASE"}
  "$MARSAD" ingest "$folder/articles.jsonl" --store "$store"
  "$MARSAD" link --store "$store"
  # Puts the words of all texts into the index, as the server would do by itself after its start.
  "$MARSAD" query --store "$store" --limit 1 "خبر" > /dev/null
fi
began=$(date +%s%N)
"$MARSAD" serve --store "$store" --listen 127.0.0.1:0 --log quiet > "$folder/address" &
server=$!
until [ -s "$folder/address" ]; do kill -0 "$server"; sleep 0.05; done
echo "ready_ms=$((($(date +%s%N) - began) / 1000000)) rss_mb=$(($(awk '/VmRSS/ {print $2}' "/proc/$server/status") / 1024))"
"$LOAD" "$(cat "$folder/address")" "${1:-60}" "${READERS:-200}" "${WRITERS:-5}"
