#!/usr/bin/env bash
# range-parser 1.3.0: a suffix range that is longer than the file is "unsatisfiable" (-1).
# RFC 9110, section 14.1.2, gives such a request the whole representation. So a server that hands the header on to this
# library answers 416 to `Range: bytes=-500` for a file of 100 bytes, where 206 with all of it is right. A suffix of
# exactly the file's length, and a range that reaches too far from the front, are both understood.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund range-parser@1.3.0
seen=$(node -e '
  const parse = require("range-parser")
  console.log(require("range-parser/package.json").version)
  for (const header of ["bytes=-99", "bytes=-100", "bytes=-101", "bytes=-500", "bytes=0-500"])
    console.log(header, JSON.stringify(parse(100, header)))
')
expected='1.3.0
bytes=-99 [{"start":1,"end":99}]
bytes=-100 [{"start":0,"end":99}]
bytes=-101 -1
bytes=-500 -1
bytes=0-500 [{"start":0,"end":99}]'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
