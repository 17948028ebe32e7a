#!/usr/bin/env bash
# @prisma/adapter-pg 7.10.0: a script is cut at every semicolon, also in a comment, in a string and in the body of a
# function. A migration that PostgreSQL itself takes, applied through the adapter as @prisma/schema-engine-wasm does it,
# fails with "syntax error" in the middle of a sentence. The pool here only records what it is asked.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @prisma/adapter-pg@7.10.0 pg@8.23.1
cat >try.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'

console.log(JSON.parse(readFileSync('node_modules/@prisma/adapter-pg/package.json', 'utf8')).version)
class Recorder extends pg.Pool {
  async query(statement) {
    console.log(JSON.stringify(statement))
    return { rows: [] }
  }
}
const adapter = await new PrismaPg(new Recorder()).connect()
await adapter.executeScript('-- Written once; never changed.\nCREATE TABLE a (b text);')
await adapter.executeScript("INSERT INTO a VALUES ('one; two');")
JS
seen=$(node try.mjs)
expected=$(cat <<'OUT'
7.10.0
"-- Written once"
"never changed.\nCREATE TABLE a (b text)"
"INSERT INTO a VALUES ('one"
"two')"
OUT
)
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
