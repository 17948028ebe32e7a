import { compound } from './sample-compound.ts'

const POINTER = 18
const CHUNK_HEADER = 19
const MAX_TRAILER = 12
const [PAGE, PAGES, PAGE_SHEET, SHAPE] = [0x15, 0x27, 0x46, 0x48]
const [TEXT, SHAPE_LIST, GEOMETRY_LIST, SHAPE_ID, GEOMETRY, MOVE_TO, LINE_TO, PAGE_PROPS, XFORM] = [
  0x0e, 0x65, 0x6c, 0x83, 0x89, 0x8a, 0x8b, 0x92, 0x9b,
]
/** How a stream is read: as pointers to others (a page of the front has the lowest bit), or as chunks. */
const [POINTERS, FRONT_PAGE, CHUNKS, PACKED] = [0x50, 0x51, 0xd0, 0x02]

/** The smallest drawing of Visio 2003 (.vsd) with a box around these words. */
export function oldVisioDrawing(words: string): Buffer {
  return oldVisioPages([{ words }])
}

/** A drawing of several pages. The lists of pages are packed as Visio packs them, where that is asked for. */
export function oldVisioPages(
  pages: readonly { words: string; isBackground?: boolean }[],
  { isPacked = false } = {},
): Buffer {
  const file = new Streams()
  const pointers = pages.map(({ words, isBackground = false }) =>
    file.add(PAGE, isBackground ? POINTERS : FRONT_PAGE, pointersTo(...pageOf(file, words))),
  )
  const list = pointersTo(...pointers)
  const pointer = isPacked
    ? file.add(PAGES, POINTERS | PACKED, packedLetters(list))
    : file.add(PAGES, POINTERS, list)
  return compound({ VisioDocument: file.toFile(pointersTo(pointer)) })
}

function pageOf(file: Streams, words: string): Buffer[] {
  const sheet = file.add(
    PAGE_SHEET,
    CHUNKS,
    chunks(
      [PAGE_SHEET, 0, Buffer.alloc(34)],
      [PAGE_PROPS, 1, cells(8, 6, 0, 0, 1, 1)],
      [SHAPE_LIST, 1, Buffer.alloc(8)],
      [SHAPE_ID, 2, Buffer.from([1, 0, 0, 0])],
    ),
  )
  const shape = file.add(
    SHAPE,
    CHUNKS,
    chunks(
      [SHAPE, 0, Buffer.alloc(62, 0xff).fill(0, 0, 18)],
      [XFORM, 1, Buffer.concat([cells(2, 2, 3, 1, 1.5, 0.5, 0), Buffer.alloc(2)])],
      [TEXT, 1, Buffer.concat([Buffer.alloc(8), Buffer.from(`${words}\0`, 'utf16le')])],
      [GEOMETRY_LIST, 1, Buffer.alloc(8)],
      [GEOMETRY, 2, Buffer.alloc(3)],
      [MOVE_TO, 2, cells(0, 0)],
      [LINE_TO, 2, cells(3, 0)],
      [LINE_TO, 2, cells(3, 1)],
      [LINE_TO, 2, cells(0, 1)],
      [LINE_TO, 2, cells(0, 0)],
    ),
  )
  return [sheet, shape]
}

/** Packed without any repetition: eight letters behind each byte of marks, and four bytes ahead of all. */
function packedLetters(data: Buffer): Buffer {
  const all = Buffer.concat([Buffer.alloc(4), data])
  const groups = Array.from({ length: Math.ceil(all.length / 8) }, (_, index) =>
    all.subarray(index * 8, index * 8 + 8),
  )
  return Buffer.concat(groups.flatMap(group => [Buffer.from([0xff]), group]))
}

class Streams {
  #data = Buffer.alloc(0x40)

  /** Adds a stream and gives the pointer to it. */
  add(type: number, format: number, data: Buffer): Buffer {
    const pointer = Buffer.alloc(POINTER)
    pointer.writeUInt32LE(type, 0)
    pointer.writeUInt32LE(this.#data.length, 8)
    pointer.writeUInt32LE(data.length, 12)
    pointer.writeUInt16LE(format, 16)
    this.#data = Buffer.concat([this.#data, data])
    return pointer
  }

  toFile(trailer: Buffer): Buffer {
    const pointer = this.add(0x14, POINTERS, trailer)
    this.#data.write('Visio (TM) Drawing\r\n', 'latin1')
    this.#data.writeUInt8(11, 0x1a)
    this.#data.set(pointer, 0x24)
    return this.#data
  }
}

/** A stream of pointers. A page's background, of which there is none, stands where no other reads. */
function pointersTo(...pointers: Buffer[]): Buffer {
  const head = Buffer.alloc(24)
  head.writeUInt32LE(16, 0)
  head.writeUInt32LE(0xffffffff, 8)
  head.writeUInt32LE(pointers.length, 16)
  return Buffer.concat([head, ...pointers])
}

function chunks(...all: [type: number, level: number, data: Buffer][]): Buffer {
  return Buffer.concat(
    all.flatMap(([type, level, data], index) => {
      const header = Buffer.alloc(CHUNK_HEADER)
      header.writeUInt32LE(type, 0)
      header.writeUInt32LE(index + 1, 4)
      header.writeUInt32LE(data.length, 12)
      header.writeUInt16LE(level, 16)
      // Some chunks have a trailer; what is too long of it is skipped, as a header never begins with 0.
      return [header, data, Buffer.alloc(MAX_TRAILER)]
    }),
  )
}

/** Numbers, each after the byte of its unit. */
function cells(...values: number[]): Buffer {
  const data = Buffer.alloc(values.length * 9)
  values.forEach((value, index) => {
    data.writeDoubleLE(value, index * 9 + 1)
  })
  return data
}
