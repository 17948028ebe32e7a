#!/usr/bin/env bash
# LibreOffice 7.4.7: of a workbook whose page range leaves some sheets out, a link to a cell of one of those becomes a
# link to the workbook's own file, with its absolute path and without the cell. In a PDF of all pages the same link leads
# to the page of that cell. Links to pages in the range, and to the web, are right in both.
# Needs Debian's libreoffice-calc in this version and qpdf.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cell() { printf '<table:table-row><table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell></table:table-row>' "$1"; }
link() { cell "<text:a xlink:type=\"simple\" xlink:href=\"$1\">to $1</text:a>"; }
cat > book.fods <<XML
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>
<table:table table:name="First">$(link '#Second.A1')$(link '#Third.A1')$(link 'https://example.org/')</table:table>
<table:table table:name="Second">$(cell second)</table:table>
<table:table table:name="Third">$(cell third)</table:table>
</office:spreadsheet></office:body></office:document>
XML
# Where the links of the first page lead, one in a line; one to a page only as `a page`.
links_of() {
  soffice "-env:UserInstallation=file://$folder/profile" --headless \
    --convert-to "pdf:calc_pdf_Export:{\"PageRange\":{\"type\":\"string\",\"value\":\"$1\"}}" book.fods >/dev/null 2>&1
  qpdf --qdf --object-streams=disable book.pdf - | grep -aoE '/URI \([^)]*\)|/XYZ' |
    sed -e "s|file://$folder/|file:///…/|" -e 's|^/XYZ$|a page|' | sort | uniq -c | sed 's/^ *//'
}
whole=$(links_of 1-3)
part=$(links_of 1-2)
printf 'all pages:\n%s\npages 1 and 2:\n%s\n' "$whole" "$part"
expected_whole='1 /URI (https://example.org/)'
expected_part='1 /URI (file:///…/book.fods)
1 /URI (https://example.org/)'
[ "$(grep -v 'a page' <<< "$whole")" = "$expected_whole" ] && [ "$(grep -v 'a page' <<< "$part")" = "$expected_part" ] ||
  { echo 'the behaviour has changed' >&2; exit 1; }
