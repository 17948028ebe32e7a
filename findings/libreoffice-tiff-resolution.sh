#!/usr/bin/env bash
# LibreOffice 7.4.7 (Debian 12): a drawing of A4 that it writes as TIFF says of itself that it has 1/8 dot per inch across
# and 1/12 down (XResolution 1/8, YResolution 1/12, ResolutionUnit 2), for 794 x 1123 pixels: read as it is written, the
# picture is 161 m wide, 342 m high, and out of proportion. Written as BMP, the same drawing says 96 dots per inch.
# Needs Debian's libreoffice-draw, in this version; node reads the files.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > page.fodg <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.graphics"><office:body><office:drawing><draw:page><draw:frame svg:x="1cm" svg:y="1cm" svg:width="9cm" svg:height="2cm"><draw:text-box><text:p>A page</text:p></draw:text-box></draw:frame></draw:page></office:drawing></office:body></office:document>
XML
for format in tiff bmp; do
  soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to "$format" page.fodg >/dev/null 2>&1
done
seen=$(node -e '
  const { readFileSync } = require("fs")
  const tiff = readFileSync("page.tiff")
  const low = tiff[0] === 0x49
  const u16 = at => low ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
  const u32 = at => low ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at)
  const list = u32(4), told = {}
  for (let n = 0; n < u16(list); n++) {
    const at = list + 2 + 12 * n, type = u16(at + 2)
    told[u16(at)] = type === 5 ? `${u32(u32(at + 8))}/${u32(u32(at + 8) + 4)}` : type === 3 ? u16(at + 8) : u32(at + 8)
  }
  console.log(`TIFF: ${told[256]} x ${told[257]} pixels, ${told[282]} x ${told[283]} dots, unit ${told[296]}`)
  const bmp = readFileSync("page.bmp")
  console.log(`BMP: ${bmp.readInt32LE(38)} x ${bmp.readInt32LE(42)} dots in a metre`)
')
expected='TIFF: 794 x 1123 pixels, 1/8 x 1/12 dots, unit 2
BMP: 3781 x 3781 dots in a metre'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
