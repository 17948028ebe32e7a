#!/usr/bin/env bash
# yazl 3.3.1: of entries that are stored and not compressed, it computes the CRC-32 by a table in JavaScript
# (buffer-crc32), though Node has a native one since 22.2 (zlib.crc32). So an archive of files that are compressed already
# costs several times the processor time of the same bytes with Node's checksum: here at least twice as much.
# Needs Node 22.2 or later and npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --save-exact yazl@3.3.1 >/dev/null
cat > measure.mjs <<'JS'
import { randomBytes } from 'node:crypto'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import yazl from 'yazl'

const bytes = randomBytes(64 * 1024)
const [FILES, CHUNKS] = [40, 128]
const file = () => Readable.from((function* () { for (let n = 0; n < CHUNKS; n++) yield bytes })())
const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })

async function zipped() {
  const zip = new yazl.ZipFile()
  for (let n = 0; n < FILES; n++) zip.addReadStream(file(), `${n}.bin`, { compress: false })
  zip.end()
  await pipeline(zip.outputStream, nowhere())
}
async function checked() {
  for (let n = 0; n < FILES; n++) {
    let sum = 0
    await pipeline(file(), async function* (chunks) {
      for await (const chunk of chunks) { sum = crc32(chunk, sum); yield chunk }
    }, nowhere())
  }
}
async function cpuOf(work) {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
await zipped(), await checked()
const ratios = []
for (let n = 0; n < 3; n++) ratios.push((await cpuOf(zipped)) / (await cpuOf(checked)))
const ratio = ratios.sort((a, b) => a - b)[1]
console.error(`processor time of yazl over that of zlib.crc32: ${ratio.toFixed(1)}`)
console.log(ratio > 2 ? 'more than twice the processor time' : 'about the same processor time')
JS
seen=$(node measure.mjs)
echo "yazl 3.3.1: $seen"
[ "$seen" = 'more than twice the processor time' ] || { echo 'the behaviour has changed' >&2; exit 1; }
