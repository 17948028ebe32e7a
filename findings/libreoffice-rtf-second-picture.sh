#!/usr/bin/env bash
# LibreOffice 7.4.7 writes each picture of a text into RTF twice: as it is (\shppict), and behind it, for programs of the
# last century (\nonshppict), as a metafile of uncompressed pixels, with twelve hexadecimal digits for each. A PNG of
# 145 KB becomes an RTF of 23.6 MB, 23.3 MB of which are that copy. LibreOffice itself reads the picture without it.
# Needs Debian's libreoffice-writer in this version, unzip and python3.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 - <<'PY'
import base64, struct, zlib
width, height = 1600, 1200
rows = (b'\0' + b''.join(bytes((x * 255 // width, y * 255 // height, 128)) for x in range(width)) for y in range(height))
chunk = lambda name, data: struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))
png = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0))
png += chunk(b'IDAT', zlib.compress(b''.join(rows), 9)) + chunk(b'IEND', b'')
open('picture.png', 'wb').write(png)
spaces = ' '.join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in
    [('office', 'office'), ('draw', 'drawing'), ('svg', 'svg-compatible'), ('text', 'text')])
open('text.fodt', 'w').write(f'''<?xml version="1.0" encoding="UTF-8"?>
<office:document {spaces} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:p><draw:frame text:anchor-type="as-char" svg:width="8cm" svg:height="6cm"><draw:image>
<office:binary-data>{base64.b64encode(png).decode()}</office:binary-data></draw:image></draw:frame></text:p>
</office:text></office:body></office:document>''')
PY
convert() { soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to "$1" --outdir "$2" "$3" >/dev/null 2>&1; }
convert rtf . text.fodt
# The same without the second copy: from {\nonshppict to the end of its group.
python3 - <<'PY'
rtf = open('text.rtf', 'rb').read()
start = rtf.index(b'{\\nonshppict')
depth, end = 0, start
while True:
    depth += {ord('{'): 1, ord('}'): -1}.get(rtf[end], 0)
    end += 1
    if depth == 0: break
open('once.rtf', 'wb').write(rtf[:start] + rtf[end:])
PY
convert odt again once.rtf
unzip -p again/once.odt 'Pictures/*' > read-again.png
size() { stat -c %s "$1"; }
printf 'picture %s bytes, RTF %s bytes, without the second copy %s bytes\n' "$(size picture.png)" "$(size text.rtf)" "$(size once.rtf)"
[ "$(size text.rtf)" -gt 23000000 ] && [ "$(size once.rtf)" -lt 400000 ] && cmp picture.png read-again.png ||
  { echo 'the behaviour has changed' >&2; exit 1; }
