#!/usr/bin/env bash
# LibreOffice 7.4.7 (Debian 12) takes text:is-hidden of a text:hidden-text for its opposite. Of two conditional texts, one
# hidden (its condition holds, is-hidden is true) and one shown, a PDF has the one that is shown, since printing judges
# the conditions anew; a plain text of the very same file has the one that is hidden, and lacks the other.
# Needs Debian's libreoffice-writer and poppler-utils, in these versions.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > text.fodt <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:ooow="http://openoffice.org/2004/writer" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>Terms:<text:hidden-text text:condition="ooow:1==1" text:string-value="HIDDEN" text:is-hidden="true"/><text:hidden-text text:condition="ooow:1==2" text:string-value="SHOWN">SHOWN</text:hidden-text></text:p></office:text></office:body></office:document>
XML
for target in pdf txt:Text; do
  soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to "$target" text.fodt >/dev/null 2>&1
done
pdf=$(pdftotext text.pdf - | head -1) txt=$(head -1 text.txt | tr -d '\r\357\273\277')
echo "PDF: $pdf"
echo "plain text: $txt"
[ "$pdf" = 'Terms:SHOWN' ] || { echo 'the PDF has changed' >&2; exit 1; }
[ "$txt" = 'Terms:HIDDEN' ] || { echo 'the plain text has changed' >&2; exit 1; }
