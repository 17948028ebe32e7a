#!/usr/bin/env bash
# LibreOffice 7.4.7: a paragraph of Word that asks for no space between Asian characters and numbers or letters
# (w:autoSpaceDE and w:autoSpaceDN with the value 0) is drawn with that space all the same, whether the paragraph itself
# asks or the defaults of the document. In its own format the same wish (style:text-autospace="none") is kept.
# Needs Debian's libreoffice-writer in this version, fonts-noto-cjk, poppler-utils and python3; npm brings docx 9.5.1.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version, docx 9.5.1"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund docx@9.5.1
node -e 'const { Document, Packer, Paragraph, TextRun } = require("docx"); const font = "Noto Sans CJK JP"; const run = new TextRun({ text: "2024年12月", size: 40, font: { ascii: font, hAnsi: font, eastAsia: font } }); Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph({ children: [run] })] }] })).then(bytes => require("fs").writeFileSync("default.docx", bytes))'
python3 - <<'PY'
import re, zipfile
off = '<w:pPr><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr>'
changes = {
    'paragraph': ('word/document.xml', lambda xml: re.sub('<w:p>', '<w:p>' + off, xml, count=1)),
    'defaults': ('word/styles.xml', lambda xml: re.sub('<w:pPrDefault */>', f'<w:pPrDefault>{off}</w:pPrDefault>', xml)),
}
for name, (part, change) in changes.items():
    with zipfile.ZipFile('default.docx') as plain, zipfile.ZipFile(f'{name}.docx', 'w') as changed:
        for entry in plain.namelist():
            content = plain.read(entry)
            if entry == part:
                before = content.decode()
                content = change(before).encode()
                assert before.encode() != content, part
            changed.writestr(entry, content)
PY
cat > own.fodt <<'XML'
<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles><style:style style:name="P" style:family="paragraph"><style:paragraph-properties style:text-autospace="none"/><style:text-properties style:font-name="N" style:font-name-asian="N" fo:font-size="20pt" style:font-size-asian="20pt" fo:font-family="'Noto Sans CJK JP'" style:font-family-asian="'Noto Sans CJK JP'"/></style:style></office:automatic-styles><office:body><office:text><text:p text:style-name="P">2024年12月</text:p></office:text></office:body></office:document>
XML
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to pdf default.docx paragraph.docx defaults.docx own.fodt >/dev/null 2>&1
seen=$(for name in default paragraph defaults own; do echo "$name: $(pdftotext $name.pdf - | head -1)"; done)
expected='default: 2024 年 12 月
paragraph: 2024 年 12 月
defaults: 2024 年 12 月
own: 2024年12月'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
