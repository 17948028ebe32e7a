#!/usr/bin/env bash
# LibreOffice 7.4.7 (Debian 12) does not open the flat OpenDocument text that it writes itself from a DOCX with an
# embedded workbook: “source file could not be loaded”. Without the metadata (office:meta) of the workbook in there the
# same file opens.
# Needs Debian's libreoffice-writer and libreoffice-calc, in this version.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir made flat cut
cat > made/text.fodt <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>x<draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="1cm"><draw:object><office:document office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="S"><table:table-row><table:table-cell><text:p>cell</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document></draw:object></draw:frame></text:p></office:text></office:body></office:document>
XML
convert() { soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to "$@" 2>&1 | grep -v javaldx; }
convert docx --outdir made made/text.fodt >/dev/null
convert fodt --outdir flat made/text.docx >/dev/null
perl -0pe 's/(<draw:object>\s*<office:document .*?)<office:meta>.*?<\/office:meta>/$1/s' flat/text.fodt > cut/text.fodt
echo "as it was written: $(convert txt:Text --outdir flat flat/text.fodt || true)"
echo "without the metadata: $(convert txt:Text --outdir cut cut/text.fodt || true)"
[ ! -e flat/text.txt ] || { echo 'LibreOffice opens what it wrote now' >&2; exit 1; }
[ -e cut/text.txt ] || { echo 'the metadata is not the reason any more' >&2; exit 1; }
