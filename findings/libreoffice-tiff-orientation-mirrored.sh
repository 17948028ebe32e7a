#!/usr/bin/env bash
# LibreOffice 7.4.7: of the eight orientations of a TIFF (tag 274) it draws those right that need no quarter of a turn (1
# to 4). Of the others it only mirrors three: 6, a camera or page that was turned by a quarter, is drawn as 2, so that its
# letters are reversed; 5 is drawn as 1, and 7 as 3. The last one, 8, is rotated, and stretched into the frame that it had
# before. Nothing is said of it.
# Needs Debian's libreoffice-draw in this version, poppler-utils and python3.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# Four quarters of 80 x 40 pixels, black, dark, grey and light, clockwise from the upper left.
python3 - <<'PY'
import struct
width, height, greys = 80, 40, (0, 60, 120, 180)
pixels = bytes(greys[(0 if x < 40 else 1) if y < 20 else (3 if x < 40 else 2)] for y in range(height) for x in range(width))
for orientation in range(1, 9):
    tags = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 138), (274, orientation), (277, 1), (278, height), (279, len(pixels))]
    data = b'II*\0' + struct.pack('<IH', 8, len(tags)) + b''.join(struct.pack('<HHIHH', tag, 3, 1, value, 0) for tag, value in tags)
    data += bytes(138 - len(data)) + pixels
    open(f'{orientation}.tif', 'wb').write(data)
PY
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to pdf [1-8].tif >/dev/null 2>&1
for orientation in 1 2 3 4 5 6 7 8; do pdftoppm -gray -r 72 -singlefile "$orientation.pdf" "$orientation"; done
# The picture lies on a white page.
drawn=$(python3 - <<'PY'
names = 'black dark grey light'.split()
for orientation in range(1, 9):
    head, size, _, pixels = open(f'{orientation}.pgm', 'rb').read().split(b'\n', 3)
    width = int(size.split()[0])
    rows = [pixels[at:at + width] for at in range(0, len(pixels), width)]
    inked = [row for row in rows if min(row) < 220]
    columns = [x for x in range(width) if min(row[x] for row in inked) < 220]
    left, across, down = columns[0], len(columns), len(inked)
    at = lambda x, y: names[round(inked[int(y * down)][left + int(x * across)] / 60)]
    print(orientation, 'wide' if across > down else 'high', at(.2, .2), at(.8, .2), at(.8, .8), at(.2, .8))
PY
)
echo "$drawn"
# As TIFF 6.0 has it: 5 high black light grey dark, 6 high light black dark grey, 7 high grey dark black light,
# and 8 high as well.
[ "$drawn" = '1 wide black dark grey light
2 wide dark black light grey
3 wide grey light black dark
4 wide light grey dark black
5 wide black dark grey light
6 wide dark black light grey
7 wide grey light black dark
8 wide dark grey light black' ] || { echo 'the behaviour has changed' >&2; exit 1; }
