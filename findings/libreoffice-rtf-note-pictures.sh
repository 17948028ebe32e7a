#!/usr/bin/env bash
# LibreOffice 7.4.7 writes no picture of a footnote or endnote into RTF, and says nothing: of three pictures (in the body,
# in a footnote, in an endnote) the RTF has the first alone, while DOCX has all three. It reads such a picture from an RTF
# that has one. Needs Debian's libreoffice-writer in this version, unzip and python3.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 - <<'PY'
import base64, struct, zlib
def png(width):
    chunk = lambda name, data: struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))
    rows = (b'\0' + b'\x20\x60\xc0' * width) * 10
    head = chunk(b'IHDR', struct.pack('>IIBBBBB', width, 10, 8, 2, 0, 0, 0))
    return b'\x89PNG\r\n\x1a\n' + head + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')
def frame(width):
    return ('<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="1cm"><draw:image><office:binary-data>'
        + base64.b64encode(png(width)).decode() + '</office:binary-data></draw:image></draw:frame>')
def note(kind, width):
    return (f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation><text:note-body>'
        f'<text:p>{kind} {frame(width)}</text:p></text:note-body></text:note>')
spaces = ' '.join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in
    [('office', 'office'), ('draw', 'drawing'), ('svg', 'svg-compatible'), ('text', 'text')])
open('text.fodt', 'w').write(f'''<?xml version="1.0" encoding="UTF-8"?>
<office:document {spaces} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:p>body {frame(20)}{note('footnote', 22)}{note('endnote', 24)}</text:p>
</office:text></office:body></office:document>''')
PY
convert() { soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to "$1" --outdir "$2" "$3" >/dev/null 2>&1; }
convert rtf . text.fodt
convert docx . text.fodt
# The picture of the body, put into the footnote by hand.
python3 - <<'PY'
rtf = open('text.rtf').read()
start = end = rtf.index('{\\*\\shppict')
depth = 0
while True:
    depth += {'{': 1, '}': -1}.get(rtf[end], 0)
    end += 1
    if depth == 0: break
word = rtf.index('footnote ', rtf.index('\\chftn{\\*\\footnote') + len('\\chftn{\\*\\footnote')) + len('footnote ')
open('by-hand.rtf', 'w').write(rtf[:word] + rtf[start:end] + rtf[word:])
PY
convert fodt again by-hand.rtf
widths=$(grep -oE '\\picw[0-9]+' text.rtf | sort -u | tr '\n' ' ')
in_docx=$(unzip -l text.docx | grep -c 'word/media/')
in_note=$(sed -n '/<text:note-body>/,/<\/text:note-body>/p' again/by-hand.fodt | grep -c '<draw:image')
printf 'pictures in RTF: %s, in DOCX: %s; in the footnote that was written by hand, read again: %s\n' "$widths" "$in_docx" "$in_note"
[ "$widths" = '\picw20 ' ] && [ "$in_docx" = 3 ] && [ "$in_note" = 1 ] ||
  { echo 'the behaviour has changed' >&2; exit 1; }
