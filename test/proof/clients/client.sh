#!/bin/bash
# Converts a file by curl, which offers HTTP/2 with each request: client.sh URL FILE RESULT
set -euo pipefail
url=$1 file=$2 result=$3

ask() { curl --http2 --silent --show-error "$@"; }
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

answer=$(ask --form "file=@$file" --write-out '\n%{http_code} %{http_version}' "$url/api/jobs")
job=$(head -n 1 <<<"$answer")
read -r status version <<<"$(tail -n 1 <<<"$answer")"
[ "$status" = 202 ] || { echo "refused: $answer" >&2; exit 1; }

state=queued
while [ "$state" = queued ] || [ "$state" = running ]; do
  sleep 0.2
  job=$(ask --fail "$url$(field statusUrl <<<"$job")")
  state=$(field state <<<"$job")
done
[ "$state" = completed ] || { echo "it is $state: $job" >&2; exit 1; }

bytes=$(ask --fail --output "$result" --write-out '%{size_download}' "$url$(field resultUrl <<<"$job")")
echo "202 by HTTP/$version, $bytes bytes"
