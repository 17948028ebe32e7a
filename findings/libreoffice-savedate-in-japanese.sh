#!/usr/bin/env bash
# LibreOffice 7.4.7: a SAVEDATE field without a picture switch, in a Word document whose language is French, prints
# “JJ/三/A 木 一〇:〇〇:〇〇 午前”; in German it prints “TT.03.JJ 10:00:00 vorm.”, in English what Word prints. The import takes
# the short date of the document's language in that language's own letters (JJ/MM/AAAA, TT.MM.JJJJ), as
# XNumberFormatCode gives it, and has it read as an English format. Letters that English does not know stand there as
# they are; an A or E is taken for a Japanese era, which makes the whole format Japanese.
# Needs Debian's libreoffice-writer and poppler-utils, in this version; python3 makes the files.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 - <<'PY'
import zipfile
W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
P = 'http://schemas.openxmlformats.org/package/2006/'
R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
T = 'application/vnd.openxmlformats-officedocument.wordprocessingml.'
for language in ('en-US', 'fr-FR', 'de-DE'):
    with zipfile.ZipFile(f'{language}.docx', 'w') as docx:
        docx.writestr('[Content_Types].xml', f'<Types xmlns="{P}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{T}document.main+xml"/><Override PartName="/word/styles.xml" ContentType="{T}styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>')
        docx.writestr('_rels/.rels', f'<Relationships xmlns="{P}relationships"><Relationship Id="d" Type="{R}officeDocument" Target="word/document.xml"/><Relationship Id="c" Type="{P}relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>')
        docx.writestr('word/_rels/document.xml.rels', f'<Relationships xmlns="{P}relationships"><Relationship Id="s" Type="{R}styles" Target="styles.xml"/></Relationships>')
        docx.writestr('word/document.xml', f'<w:document xmlns:w="{W}"><w:body><w:p><w:fldSimple w:instr=" SAVEDATE "><w:r><w:t>?</w:t></w:r></w:fldSimple></w:p></w:body></w:document>')
        docx.writestr('word/styles.xml', f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{language}"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>')
        docx.writestr('docProps/core.xml', f'<cp:coreProperties xmlns:cp="{P}metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dcterms:modified xsi:type="dcterms:W3CDTF">2020-03-05T10:00:00Z</dcterms:modified></cp:coreProperties>')
PY
LANG=C.UTF-8 soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to pdf ./*.docx >/dev/null 2>&1
seen=$(for language in en-US fr-FR de-DE; do echo "$language: $(pdftotext -raw $language.pdf - | head -1)"; done)
expected='en-US: 3/5/2020 10:00:00 AM
fr-FR: JJ/三/A 木 一〇:〇〇:〇〇 午前
de-DE: TT.03.JJ 10:00:00 vorm.'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
