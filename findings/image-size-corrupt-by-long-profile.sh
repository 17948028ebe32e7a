#!/usr/bin/env bash
# image-size 2.1.0: `imageSizeFromFile` reads the first 512 KB of a file, and a JPEG whose segments in front of its
# dimensions are longer, such as the colour profile of a press (FOGRA and SWOP profiles have more than half a megabyte) or
# the layers' data of an editor, is "Corrupt JPG" to it. `imageSize` says the size of the very same bytes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund image-size@2.1.0
cat > try.mjs <<'JS'
import { writeFileSync } from 'node:fs'
import { imageSize } from 'image-size'
import { imageSizeFromFile } from 'image-size/fromFile'
/** The head of a JPEG of 200 x 100 pixels with so many bytes of a colour profile, in as many segments as they need. */
function withProfile(bytes) {
  const parts = Math.ceil(bytes / 65_519)
  const segments = Array.from({ length: parts }, (_, number) => {
    const content = Math.min(65_519, bytes - number * 65_519)
    const head = Buffer.from([0xff, 0xe2, 0, 0, ...Buffer.from('ICC_PROFILE\0'), number + 1, parts])
    head.writeUInt16BE(content + 16, 2)
    return Buffer.concat([head, Buffer.alloc(content)])
  })
  const frame = Buffer.from([0xff, 0xc0, 0, 17, 8, 0, 100, 0, 200, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1])
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, frame, Buffer.from([0xff, 0xd9])])
}
const told = async work => {
  try {
    const { width, height } = await work()
    return `${width} x ${height}`
  } catch (error) {
    return error.message
  }
}
for (const bytes of [400_000, 557_168]) {
  const jpeg = withProfile(bytes)
  writeFileSync('picture.jpg', jpeg)
  console.log(`profile of ${bytes} bytes: ${await told(() => imageSize(jpeg))}, from a file: ${await told(() => imageSizeFromFile('picture.jpg'))}`)
}
JS
output=$(node try.mjs)
echo "$output"
[ "$output" = 'profile of 400000 bytes: 200 x 100, from a file: 200 x 100
profile of 557168 bytes: 200 x 100, from a file: Corrupt JPG, exceeded buffer limits' ] || { echo 'the behaviour has changed' >&2; exit 1; }
