#!/usr/bin/env bash
# LibreOffice 7.4.7 (Debian 12): the documented option ExportNotesInMargin of the PDF filter prints no comment in the
# margin, with or without ExportNotes. What decides is a setting of the profile that belongs to printing
# (Office.Writer/Print/Content/Note, 4): with it comments are printed also where the filter is told not to.
# Needs Debian's libreoffice-writer and poppler-utils, in these versions.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# Rich text, since OpenDocument has its own word on where comments are printed.
printf '%s' '{\rtf1\ansi Words{\*\atnid P}{\*\atnauthor Pat}{\chatn{\*\annotation {\*\atnref 1}REMARK}}\par}' > text.rtf
mkdir -p set/user
cat > set/user/registrymodifications.xcu <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Writer/Print/Content"><prop oor:name="Note" oor:op="fuse"><value>4</value></prop></item></oor:items>
XML
printed() { # PROFILE IN_MARGIN: whether the comment stands on the page
  local filter="{\"ExportNotesInMargin\":{\"type\":\"boolean\",\"value\":\"$2\"}}"
  rm -f text.pdf
  soffice "-env:UserInstallation=file://$folder/$1" --headless --convert-to "pdf:writer_pdf_Export:$filter" text.rtf >/dev/null 2>&1
  if pdftotext text.pdf - | grep -q REMARK; then echo yes; else echo no; fi
}
seen="filter told to: $(printed plain true); profile set, filter told not to: $(printed set false)"
echo "comment in the margin? $seen"
[ "$seen" = 'filter told to: no; profile set, filter told not to: yes' ] || { echo 'the behaviour has changed' >&2; exit 1; }
