#!/usr/bin/env bash
# file-type 22.3.0: from the first 4,100 bytes, the number in its documentation (an example and a default) for what it
# must see, it does not know a TIFF whose list of tags (IFD) lies behind its pixels, though the file begins with the TIFF
# signature. Scanners write most files so, since they know the sizes only at the end. Of the whole file it says `tif`.
# It follows the list to tell raw photographs (CR2, NEF, DNG) from plain TIFF, and gives up where the bytes end.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund file-type@22.3.0
cat > look.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { fileTypeFromBuffer } from 'file-type'

// A grey picture of 100 × 100 pixels without compression; its list of tags stands before or behind the pixels.
function tiff(listAt, pixelsAt) {
  const tags = [[256, 100], [257, 100], [258, 8], [259, 1], [262, 1], [273, pixelsAt], [277, 1], [278, 100], [279, 10000]]
  const bytes = Buffer.alloc(Math.max(listAt + 2 + tags.length * 12 + 4, pixelsAt + 10000), 0x55)
  bytes.write('II', 0, 'latin1')
  bytes.writeUInt16LE(42, 2)
  bytes.writeUInt32LE(listAt, 4)
  bytes.writeUInt16LE(tags.length, listAt)
  for (const [n, [tag, value]] of tags.entries()) {
    const at = listAt + 2 + n * 12
    bytes.writeUInt16LE(tag, at)
    bytes.writeUInt16LE(4, at + 2)
    bytes.writeUInt32LE(1, at + 4)
    bytes.writeUInt32LE(value, at + 8)
  }
  bytes.writeUInt32LE(0, listAt + 2 + tags.length * 12)
  return bytes
}

const told = async bytes => (await fileTypeFromBuffer(bytes))?.ext ?? 'nothing'
console.log(JSON.parse(readFileSync('node_modules/file-type/package.json', 'utf8')).version)
for (const [where, bytes] of [['before', tiff(8, 200)], ['behind', tiff(10008, 8)]])
  console.log(`list ${where} the pixels: whole file ${await told(bytes)}, first 4100 bytes ${await told(bytes.subarray(0, 4100))}`)
JS
seen=$(node look.mjs)
expected='22.3.0
list before the pixels: whole file tif, first 4100 bytes tif
list behind the pixels: whole file tif, first 4100 bytes nothing'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
