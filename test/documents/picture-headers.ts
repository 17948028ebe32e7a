/** The beginnings of pictures that claim any size: enough for whoever asks only how large they are. */
type Side = [width: number, height: number]

export const PICTURE_HEADERS: Record<string, (...side: Side) => Buffer> = {
  'a.png': (width, height) => bytes('89504e470d0a1a0a0000000d49484452', [width, 'BE4'], [height, 'BE4'], 60),
  'a.gif': (width, height) => bytes('474946383961', [width, 'LE2'], [height, 'LE2'], '000000', 60),
  'a.bmp': (width, height) => bytes(`424d${'00'.repeat(12)}28000000`, [width, 'LE4'], [height, 'LE4'], 60),
  // A GIF whose first frame is larger than its canvas, behind a comment.
  'b.gif': (width, height) =>
    bytes(
      '474946383961010001008000ff',
      '000000ffffff',
      '21fe0141',
      '00',
      '2c00000000',
      [width, 'LE2'],
      [height, 'LE2'],
      '00',
    ),
  // Rows from the top.
  'b.bmp': (width, height) => bytes(`424d${'00'.repeat(12)}28000000`, [width, 'LE4'], [-height, 'LE4'], 60),
  'c.bmp': (width, height) => bytes(`424d${'00'.repeat(12)}0c000000`, [width, 'LE2'], [height, 'LE2'], 60),
  'a.webp': (width, height) =>
    bytes(
      '52494646',
      '64000000',
      '57454250',
      Buffer.from('VP8X').toString('hex'),
      '0a00000000000000',
      [width - 1, 'LE3'],
      [height - 1, 'LE3'],
      60,
    ),
  'b.webp': (width, height) =>
    bytes(
      '52494646',
      '64000000',
      '57454250',
      Buffer.from('VP8L').toString('hex'),
      '0a0000002f',
      [(width - 1) | ((height - 1) << 14), 'LE4'],
      60,
    ),
  'c.webp': (width, height) =>
    bytes(
      '52494646',
      '64000000',
      '57454250',
      Buffer.from('VP8 ').toString('hex'),
      '0a000000',
      '0000009d012a',
      [width, 'LE2'],
      [height, 'LE2'],
      60,
    ),
  // A JPEG with half a megabyte of notes before its size.
  'a.jpg': (width, height) =>
    bytes(
      'ffd8',
      ...Array(8).fill(`ffe1ffff${'00'.repeat(65_533)}`),
      'ffff',
      'c000110800'.slice(0, 8),
      [height, 'BE2'],
      [width, 'BE2'],
      60,
    ),
  'a.tiff': (width, height) => bytes('49492a00', '08000000', ...tiffList(width, height, '00000000'), 60),
  // A second page behind a first small one.
  'b.tiff': (width, height) =>
    bytes('49492a00', '08000000', ...tiffList(1, 1, '26000000'), ...tiffList(width, height, '00000000'), 60),
  'c.tiff': (width, height) =>
    bytes(
      '4d4d002a',
      '00000008',
      '0002',
      '0100000400000001',
      [width, 'BE4'],
      '0101000400000001',
      [height, 'BE4'],
      '00000000',
      60,
    ),
  // The form for large files.
  'd.tiff': (width, height) =>
    bytes(
      '49492b0008000000',
      '1000000000000000',
      '0200000000000000',
      '000104000100000000000000',
      [width, 'LE4'],
      '00000000',
      '010104000100000000000000',
      [height, 'LE4'],
      '00000000',
      '0000000000000000',
      60,
    ),
}

type Piece = string | number | [value: number, form: 'BE2' | 'BE4' | 'LE2' | 'LE3' | 'LE4']

/** Hexadecimal digits, numbers in their form, or so many zeros. */
function bytes(...pieces: Piece[]): Buffer {
  return Buffer.concat(
    pieces.map(piece => {
      if (typeof piece === 'string') return Buffer.from(piece, 'hex')
      if (typeof piece === 'number') return Buffer.alloc(piece)
      const [value, form] = piece
      const size = Number(form.slice(2))
      const data = Buffer.alloc(4)
      data.writeInt32LE(value | 0)
      const low = data.subarray(0, size)
      return form.startsWith('LE') ? low : low.reverse()
    }),
  )
}

function tiffList(width: number, height: number, next: string): Piece[] {
  return ['0200', '0001040001000000', [width, 'LE4'], '0101040001000000', [height, 'LE4'], next]
}
