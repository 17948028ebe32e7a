#!/usr/bin/env bash
# LibreOffice 7.4.7: in a tagged PDF, PDF/UA and PDF/A-2 as well, the order in which a page's links are reached is written
# as a string, /Tabs(S). ISO 32000-1 (table 30) has a name there, /S, and PDF/UA-1 (7.18.3) wants S on each page with
# annotations: a checker that takes the types at their word finds none.
# Needs Debian's libreoffice-writer in this version and qpdf.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
names=$(for n in office text; do printf ' xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' $n $n; done)
echo "<?xml version=\"1.0\"?><office:document$names xmlns:xlink=\"http://www.w3.org/1999/xlink\" office:version=\"1.3\" office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:body><office:text><text:p><text:a xlink:type=\"simple\" xlink:href=\"https://example.org/\">A link</text:a></text:p></office:text></office:body></office:document>" > link.fodt
seen=$(for option in '"PDFUACompliance":{"type":"boolean","value":"true"}' '"SelectPdfVersion":{"type":"long","value":"2"}'; do
  soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to "pdf:writer_pdf_Export:{$option}" link.fodt >/dev/null 2>&1
  # In this JSON a name begins with a slash, and a string with u: or b:.
  qpdf --json=2 --json-key=qpdf link.pdf | grep -o '"/Tabs": "[^"]*"'
done)
expected='"/Tabs": "u:S"
"/Tabs": "u:S"'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
