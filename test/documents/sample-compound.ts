/**
 * A writer for the Compound File format, the small file system in which .ppt, .doc, .xls and locked .pptx files lie.
 * Version 3: sectors of 512 bytes; streams below 4096 bytes lie in 64-byte pieces of the root's own stream.
 */
const SECTOR = 512
const MINI_SECTOR = 64
const MINI_LIMIT = 4096
const END = 0xfffffffe
const FAT_SECTOR = 0xfffffffd
const FREE = 0xffffffff
const IDS_PER_SECTOR = SECTOR / 4

interface Entry {
  name: string
  type: 0 | 2 | 5
  start: number
  size: number
}

/** A compound file with these streams in its root. */
export function compound(streams: Record<string, Buffer>): Buffer {
  const sectors = new Sectors()
  const mini = new MiniStream()
  const entries = Object.entries(streams)
    .sort(([a], [b]) => a.length - b.length || (a.toUpperCase() < b.toUpperCase() ? -1 : 1))
    .map(([name, data]): Entry => {
      const start = data.length < MINI_LIMIT ? mini.add(data) : sectors.add(data)
      return { name, type: 2, start, size: data.length }
    })
  const root: Entry = { name: 'Root Entry', type: 5, start: sectors.add(mini.data), size: mini.data.length }
  const miniFat = sectors.add(ids(mini.fat))
  const directory = sectors.add(directoryOf([root, ...entries]))
  return sectors.toFile({ directory, miniFat })
}

class Sectors {
  readonly #data: Buffer[] = []
  readonly #fat: number[] = []

  /** Adds a chain of sectors and gives the number of its first. */
  add(data: Buffer): number {
    if (data.length === 0) return END
    const start = this.#fat.length
    const padded = padTo(data, SECTOR)
    const count = padded.length / SECTOR
    for (let i = 1; i <= count; i++) this.#fat.push(i === count ? END : start + i)
    this.#data.push(padded)
    return start
  }

  toFile({ directory, miniFat }: { directory: number; miniFat: number }): Buffer {
    const used = this.#fat.length
    let fatSectors = 1
    while (fatSectors * IDS_PER_SECTOR < used + fatSectors) fatSectors++
    if (fatSectors > 109) throw new Error('more than the header can point to: make a smaller document')
    const places = Array.from({ length: fatSectors }, (_, i) => used + i)
    const fat = ids([...this.#fat, ...places.map(() => FAT_SECTOR)])
    const header = Buffer.alloc(SECTOR)
    header.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    header.set([0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0], 24)
    header.writeUInt32LE(fatSectors, 44)
    header.writeUInt32LE(directory, 48)
    header.writeUInt32LE(MINI_LIMIT, 56)
    header.writeUInt32LE(miniFat, 60)
    header.writeUInt32LE(miniFat === END ? 0 : 1, 64)
    header.writeUInt32LE(END, 68)
    for (let i = 0; i < 109; i++) header.writeUInt32LE(places[i] ?? FREE, 76 + i * 4)
    return Buffer.concat([header, ...this.#data, fat])
  }
}

class MiniStream {
  data = Buffer.alloc(0)
  readonly fat: number[] = []

  add(data: Buffer): number {
    if (data.length === 0) return END
    const start = this.fat.length
    const padded = padTo(data, MINI_SECTOR)
    const count = padded.length / MINI_SECTOR
    for (let i = 1; i <= count; i++) this.fat.push(i === count ? END : start + i)
    this.data = Buffer.concat([this.data, padded])
    return start
  }
}

/** Every entry's right neighbour is the next in order: a tree as good as any for the few streams of a test. */
function directoryOf(entries: Entry[]): Buffer {
  const all = entries.map((entry, index) => {
    const record = Buffer.alloc(128)
    record.write(entry.name, 0, 'utf16le')
    record.writeUInt16LE(entry.name.length * 2 + 2, 64)
    record.writeUInt8(entry.type, 66)
    record.writeUInt8(1, 67)
    record.writeUInt32LE(FREE, 68)
    record.writeUInt32LE(index > 0 && index + 1 < entries.length ? index + 1 : FREE, 72)
    record.writeUInt32LE(index === 0 && entries.length > 1 ? 1 : FREE, 76)
    record.writeUInt32LE(entry.start, 116)
    record.writeUInt32LE(entry.size, 120)
    return record
  })
  return padTo(Buffer.concat(all), SECTOR)
}

function ids(numbers: number[]): Buffer {
  const data = Buffer.alloc(Math.ceil(numbers.length / IDS_PER_SECTOR) * SECTOR, 0xff)
  numbers.forEach((number, index) => {
    data.writeUInt32LE(number, index * 4)
  })
  return data
}

function padTo(data: Buffer, unit: number): Buffer {
  return Buffer.concat([data, Buffer.alloc((unit - (data.length % unit)) % unit)])
}
