#!/usr/bin/env bash
# LibreOffice 7.4.7: when some slides of a presentation are exported (PageRange 3-5), the PDF's bookmarks are those of the
# chosen slides, but they lead to the page with the number that the slide had in the presentation: “Part 3”, which is the
# first page, leads to the third one, and “Part 4” and “Part 5” lead nowhere, since there are no pages 4 and 5. Exporting
# all slides, each bookmark leads to its own.
# Needs Debian's libreoffice-impress in this version, qpdf and poppler-utils; python3 makes the file.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 - <<'PY'
names = ('office', 'text', 'style', 'draw:drawing', 'svg:svg-compatible', 'fo:xsl-fo-compatible')
spaces = ' '.join(f'xmlns:{n.split(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{n.split(":")[-1]}:1.0"' for n in names)
slides = ''.join(f'<draw:page draw:name="Part {n}" draw:master-page-name="M"><draw:frame svg:x="2cm" svg:y="2cm" svg:width="9cm" svg:height="3cm"><draw:text-box><text:p>Slide {n}</text:p></draw:text-box></draw:frame></draw:page>' for n in range(1, 6))
with open('five.fodp', 'w') as file:
    file.write(f'<?xml version="1.0"?><office:document {spaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.presentation"><office:automatic-styles><style:page-layout style:name="P"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="M" style:page-layout-name="P"/></office:master-styles><office:body><office:presentation>{slides}</office:presentation></office:body></office:document>')
PY
seen=
for range in 1-5 3-5; do
  soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to \
    "pdf:impress_pdf_Export:{\"PageRange\":{\"type\":\"string\",\"value\":\"$range\"}}" five.fodp >/dev/null 2>&1
  seen+="$range: pages $(pdftotext five.pdf - | tr -s '\n\f' ' ')$(qpdf --json --json-key=outlines five.pdf |
    python3 -c 'import json,sys; print("".join("; %s leads to page %s" % (o["title"], o["destpageposfrom1"]) for o in json.load(sys.stdin)["outlines"]))')"$'\n'
done
expected='1-5: pages Slide 1 Slide 2 Slide 3 Slide 4 Slide 5 ; Part 1 leads to page 1; Part 2 leads to page 2; Part 3 leads to page 3; Part 4 leads to page 4; Part 5 leads to page 5
3-5: pages Slide 3 Slide 4 Slide 5 ; Part 3 leads to page 3; Part 4 leads to page None; Part 5 leads to page None
'
printf %s "$seen"
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
