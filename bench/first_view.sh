#!/usr/bin/env bash
# How soon the first view is there: bench/first_view.sh [RUNS], 5 by default.
#
# The observatory of bench/serve.sh (100,000 invented incidents; STORE names one that is kept) is opened by a browser that has nothing
# of it yet. `interactive_ms` is the median time from the request to a list, a timeline and a map with its incidents, all answering.
make --no-print-directory -C "$(dirname "$0")/.." web
source "$(dirname "$0")/prepare.sh"
folder=$(mktemp -d)
store=${STORE:-$folder/observatory}
server=
trap '[ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; }; rm -rf "$folder"' EXIT
if [ ! -f "$store/marsad.toml" ]; then
  python3 bench/crowd.py "${INCIDENTS:-100000}" > "$folder/articles.jsonl"
  "$MARSAD" init "$store"
  "$MARSAD" ingest "$folder/articles.jsonl" --store "$store"
  "$MARSAD" link --store "$store"
  "$MARSAD" query --store "$store" --limit 1 "خبر" > /dev/null
fi
"$MARSAD" serve --store "$store" --listen 127.0.0.1:0 --log quiet > "$folder/address" &
server=$!
until [ -s "$folder/address" ]; do kill -0 "$server"; sleep 0.05; done
cd web && node_modules/.bin/node tests/first-view.js "$(cat "$folder/address")" "${1:-5}"
