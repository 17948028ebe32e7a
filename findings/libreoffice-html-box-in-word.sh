#!/usr/bin/env bash
# LibreOffice 7.4.7 (Debian 12) writes a text box that is anchored to a character into HTML one letter too late: in
# front of “Whole” it stands as “W [box] hole”, and as the box is a paragraph within a span, browsers break the word
# there. The PDF and the plain text of the same file have the word in one piece.
# Needs Debian's libreoffice-writer, in this version.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > text.fodt <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p><draw:frame text:anchor-type="char" svg:width="2cm" svg:height="1cm"><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>Whole</text:p></office:text></office:body></office:document>
XML
for target in txt:Text html; do
  soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to "$target" text.fodt >/dev/null 2>&1
done
html=$(tr -s '\n\t' '  ' < text.html)
echo "text: $(cat text.txt)"
echo "HTML: ${html#*<body}"
grep -q 'Whole' text.txt || { echo 'the plain text lacks the word' >&2; exit 1; }
grep -qE 'W<span [^>]*><p[^>]*> box</p> </span>hole' <<<"$html" || { echo 'the box stands elsewhere now' >&2; exit 1; }
