#!/usr/bin/env bash
# LibreOffice 7.4.7 (Debian 12) writes hidden text into HTML as hidden (display: none), but a hidden section as a plain
# div that everybody sees; and of a paragraph that is hidden but for a few words it hides these words as well, though
# they are shown and printed. The PDF of the same file has those words and not the section.
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
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles><style:style style:name="P1" style:family="paragraph"><style:text-properties text:display="none"/></style:style><style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="T2" style:family="text"><style:text-properties text:display="true"/></style:style></office:automatic-styles><office:body><office:text><text:p>a <text:span text:style-name="T1">RUN</text:span></text:p><text:p text:style-name="P1">b <text:span text:style-name="T2">WORDS</text:span></text:p><text:section text:name="s" text:display="none"><text:p>SECTION</text:p></text:section><text:p>c</text:p></office:text></office:body></office:document>
XML
for target in pdf html; do
  soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to "$target" text.fodt >/dev/null 2>&1
done
pdf=$(pdftotext text.pdf - | tr '\n\f' '  ')
html=$(tr -s '\n\t' '  ' < text.html)
echo "PDF: $pdf"
echo "HTML: ${html#*<body}"
case $pdf in *RUN* | *SECTION*) echo 'the PDF shows what is hidden' >&2; exit 1 ;; *WORDS*) ;; *) exit 1 ;; esac
grep -q '<span style="display: none">RUN</span>' <<<"$html" || { echo 'hidden text is written in another way' >&2; exit 1; }
grep -q '<p style="display: none[^>]*>b WORDS' <<<"$html" || { echo 'the words are shown now' >&2; exit 1; }
grep -q '<div id="s" dir="ltr"><p [^>]*> SECTION' <<<"$html" || { echo 'the section is hidden now' >&2; exit 1; }
