#!/usr/bin/env bash
# LibreOffice 7.4.7: a PDF with pictures “without loss” (UseLosslessCompression) can be several times as large as the
# document. Its deflated pictures have no predictor, while a PNG tells each pixel by its difference from a neighbour: a
# PNG of 0.4 MB, whose pixels are close to each other as in a photograph, becomes 1.2 MB. pdfkit 0.20.2 takes the pixels
# over as the PNG has them, with a predictor, and its PDF is as large as the PNG.
# Needs Debian's libreoffice-draw in this version, poppler-utils, python3, and node with npm.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund pdfkit@0.20.2 >/dev/null
python3 - <<'PY'
import random, struct, zlib
random.seed(7)
width, height = 800, 600
rows = b''.join(b'\1' + bytes(byte & 3 for byte in random.randbytes(3 * width)) for _ in range(height))
chunk = lambda kind, data: struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
with open('photo.png', 'wb') as file:
    file.write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>2I5B', width, height, 8, 2, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
PY
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to \
  'pdf:draw_pdf_Export:{"UseLosslessCompression":{"type":"boolean","value":"true"},"ReduceImageResolution":{"type":"boolean","value":"false"}}' \
  photo.png >/dev/null 2>&1
node -e 'const P = require("pdfkit"); const pdf = new P(); pdf.pipe(require("fs").createWriteStream("other.pdf")); pdf.image("photo.png", 0, 0, { width: 400 }); pdf.end()'
seen=
for file in photo.pdf other.pdf; do
  # The pixels are the same before and after.
  pdfimages -png "$file" "$file"
  seen+="$file: $(pdfimages -list "$file" | awk 'NR == 3 { print $4 "x" $5, $9 }')"
  seen+=", $(python3 - "$file" <<'PY'
import os, sys
times = os.path.getsize(sys.argv[1]) / os.path.getsize('photo.png')
print(f'{times:.1f} times the PNG, predictor {b"/Predictor" in open(sys.argv[1], "rb").read()}')
PY
)"$'\n'
done
cmp photo.pdf-000.png other.pdf-000.png
expected='photo.pdf: 800x600 image, 3.3 times the PNG, predictor False
other.pdf: 800x600 image, 1.0 times the PNG, predictor True
'
printf %s "$seen"
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
