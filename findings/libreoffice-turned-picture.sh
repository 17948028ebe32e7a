#!/usr/bin/env bash
# LibreOffice 7.4.7 (Debian 12): a picture that is turned in a drawing does not go into the PDF with its own pixels.
# The same PNG of 2000 x 1500 pixels keeps all of them while it stands upright. Turned by a quarter of a circle, which
# needs no new pixel, it is drawn anew with 1273 x 1697, a quarter fewer, though "lossless" and "do not reduce the
# resolution" are told. Turning the page of the PDF instead keeps every pixel.
# Needs Debian's libreoffice-draw and poppler-utils, in these versions; node makes the picture.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
node -e '
  const { deflateSync } = require("zlib"), { writeFileSync } = require("fs")
  const [width, height] = [2000, 1500]
  const table = Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n >>> 0 })
  const crc = bytes => { let c = ~0; for (const byte of bytes) c = table[(c ^ byte) & 255] ^ (c >>> 8); return ~c >>> 0 }
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]), frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length); frame.writeUInt32BE(crc(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  const pixels = Buffer.alloc(height * (1 + 3 * width))
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) pixels.writeUInt16BE((x * 31 + y * 17) & 0xffff, y * (1 + 3 * width) + 1 + 3 * x)
  const header = Buffer.alloc(13); header.writeUInt32BE(width); header.writeUInt32BE(height, 4); header.set([8, 2], 8)
  const png = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", header), chunk("IDAT", deflateSync(pixels)), chunk("IEND", Buffer.alloc(0))])
  const at = { upright: `svg:x="1cm" svg:y="1cm"`, turned: `draw:transform="rotate (1.5707963267949) translate (1cm 17cm)"` }
  for (const [name, place] of Object.entries(at)) writeFileSync(`${name}.fodg`, `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.graphics"><office:body><office:drawing><draw:page><draw:frame svg:width="16cm" svg:height="12cm" ${place}><draw:image><office:binary-data>${png.toString("base64")}</office:binary-data></draw:image></draw:frame></draw:page></office:drawing></office:body></office:document>`)
'
options='{"UseLosslessCompression":{"type":"boolean","value":"true"},"ReduceImageResolution":{"type":"boolean","value":"false"}}'
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to "pdf:draw_pdf_Export:$options" upright.fodg turned.fodg >/dev/null 2>&1
pixels() { pdfimages -list "$1" | awk '$3 == "image" { print $4, $5, $4 * $5 }'; }
upright=$(pixels upright.pdf) turned=$(pixels turned.pdf)
echo "upright: width, height, pixels: $upright"
echo "turned:  width, height, pixels: $turned"
[ "$upright" = '2000 1500 3000000' ] || { echo 'upright, it no longer keeps its pixels' >&2; exit 1; }
[ "$turned" = '1273 1697 2160281' ] || { echo 'turned, it has other pixels now' >&2; exit 1; }
