#!/usr/bin/env bash
# LibreOffice 7.4.7 takes the query of a relative link for a part of a file's name: from `list/show.aspx?id=7` a PDF, a
# DOCX and an ODT made of a web page get `list/show.aspx%3Fid=7`, which asks a server for another page. The fragment of
# such a link, and the query of an absolute one, stay as they were. (In the DOCX a link with a fragment is a field.)
# Needs Debian's libreoffice-writer in this version, qpdf and unzip.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > page.html <<'HTML'
<html><body><p><a href="list/show.aspx?id=7">a</a> <a href="list/page.html#part">b</a> <a href="https://example.org/x?id=7">c</a></p></body></html>
HTML
convert() {
  soffice "-env:UserInstallation=file://$folder/profile" --headless --infilter='HTML (StarWriter)' --convert-to "$1" page.html >/dev/null 2>&1
}
convert 'pdf:writer_pdf_Export'
convert 'docx:MS Word 2007 XML'
convert 'odt:writer8'
links() { grep -aoE '(list/|https://example\.org/)[^")<]*' | sort -u | tr '\n' ' '; }
seen="pdf: $(qpdf --qdf --object-streams=disable page.pdf - | grep -a '/URI (' | links)
docx: $(unzip -p page.docx word/_rels/document.xml.rels | links)
odt: $(unzip -p page.odt content.xml | links)"
same='https://example.org/x?id=7 list/page.html#part list/show.aspx%3Fid=7 '
printf '%s\n' "$seen"
[ "$seen" = "pdf: $same
docx: ${same/list\/page.html#part /}
odt: $same" ] || { echo 'the behaviour has changed' >&2; exit 1; }
