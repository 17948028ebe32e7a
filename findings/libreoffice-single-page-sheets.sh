#!/usr/bin/env bash
# LibreOffice Calc 7.4.7 (Debian 12): with SinglePageSheets, which puts each sheet on one page, a link to the web becomes
# one to the spreadsheet's own file, and of 3,000 rows the page, 12,800 pt high, holds the first 1,022. LibreOffice ends
# with 0 and says nothing of either. Without the option the link and all rows are there.
# Needs Debian's libreoffice-calc, in this version, and poppler-utils.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
ns=urn:oasis:names:tc:opendocument:xmlns
{
  echo '<?xml version="1.0" encoding="UTF-8"?>'
  echo "<office:document xmlns:office=\"$ns:office:1.0\" xmlns:table=\"$ns:table:1.0\" xmlns:text=\"$ns:text:1.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" office:version=\"1.2\" office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><office:body><office:spreadsheet><table:table table:name=\"S\">"
  echo '<table:table-row><table:table-cell office:value-type="string"><text:p><text:a xlink:type="simple" xlink:href="https://example.org/x">web</text:a></text:p></table:table-cell></table:table-row>'
  for row in $(seq 2 3000); do
    echo "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>row$row</text:p></table:table-cell></table:table-row>"
  done
  echo '</table:table></office:spreadsheet></office:body></office:document>'
} > table.fods
print() {
  soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to "pdf:calc_pdf_Export:{\"SinglePageSheets\":{\"type\":\"boolean\",\"value\":\"$1\"}}" table.fods >/dev/null 2>&1
  local link last
  link=$(grep -ao 'URI([^)]*)' table.pdf | sed "s|$folder|FOLDER|" | sort -u)
  last=$(pdftotext table.pdf - | grep -o 'row[0-9]*' | sed 's/row//' | sort -n | tail -1)
  echo "SinglePageSheets $1: $link, last row $last"
}
seen=$(print false; print true)
echo "$seen"
expected='SinglePageSheets false: URI(https://example.org/x), last row 3000
SinglePageSheets true: URI(file://FOLDER/table.fods), last row 1022'
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
