#!/usr/bin/env bash
# poppler 22.12 (pdftoppm) places large letters by parts of a pixel or not at all, and which of the two depends on the
# tallest glyph of the embedded font: of two documents with the same first page, the picture of that page differs when
# the second page has other letters, since LibreOffice embeds one subset for both. At 36 points and 72 dpi the pictures
# are the same, at 54 points they are not. Who compares pages dot by dot has to know it.
# Needs Debian's poppler-utils in this version, libreoffice-writer, fonts-liberation and qpdf.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' poppler-utils)
echo "poppler-utils $version"
case $version in 22.12.*) ;; *) echo 'this was seen with 22.12' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# make NAME SIZE LETTERS: “Goals” on the first page and these letters on the second.
make() {
  font="<style:text-properties style:font-name=\"F\" fo:font-size=\"$2\"/>"
  cat > "$1.fodt" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:font-face-decls><style:font-face style:name="F" svg:font-family="'Liberation Sans'"/></office:font-face-decls><office:automatic-styles><style:style style:name="P" style:family="paragraph">$font</style:style><style:style style:name="Q" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/>$font</style:style></office:automatic-styles><office:body><office:text><text:p text:style-name="P">Goals</text:p><text:p text:style-name="Q">$3</text:p></office:text></office:body></office:document>
XML
  soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to pdf "$1.fodt" >/dev/null 2>&1
  pdftoppm -r 72 -gray -f 1 -l 1 "$1.pdf" "$1"
  # Where the text of the first page is: its position, without the codes of its glyphs.
  qpdf --qdf --object-streams=disable "$1.pdf" "$1.plain"
  grep -aoE -m1 '^[0-9.]+ [0-9.]+ Td' "$1.plain" > "$1.place"
}
compared() { cmp -s one-1.pgm two-1.pgm && echo same || echo different; }
for size in 36pt 54pt; do
  make one $size oals
  make two $size '|Ǻ@'
  cmp -s one.place two.place || { echo 'the text is elsewhere' >&2; exit 1; }
  echo "$size: the pictures of the first page are $(compared)"
done > seen
cat seen
[ "$(cut -d' ' -f1,9 seen | tr '\n' ' ')" = '36pt: same 54pt: different ' ] ||
  { echo 'the behaviour has changed' >&2; exit 1; }
