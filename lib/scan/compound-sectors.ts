import { corrupt } from './finding.ts'
import type { Source } from './source.ts'

/** Numbers from here on are markers such as “end of chain”, not sectors. */
const END_OF_CHAIN = 0xfffffffa
const HEADER_FAT_PLACES = 109
const MINI_SECTOR_BYTES = 64
const MAX_CHAIN = 1 << 17

/** One of the streams inside the file: where its chain of sectors begins, and how many bytes count. */
export interface Stream {
  start: number
  /** In bytes. */
  size: number
}

/** The offsets of a stream's pieces in the file, each `unit` bytes long. */
export interface Pieces {
  places: number[]
  unit: number
}

/** The sectors of the file and the table (FAT) that links them into chains. */
export class Sectors {
  readonly bytes: number
  readonly #source: Source
  readonly #header: Buffer
  readonly #fatPages = new Map<number, Buffer>()
  #fatPlaces: number[] | undefined

  constructor(source: Source, header: Buffer) {
    const shift = header.readUInt16LE(30)
    if (shift !== 9 && shift !== 12) throw corrupt('its header is nonsense')
    this.bytes = 1 << shift
    this.#source = source
    this.#header = header
  }

  /** Reads one sector; only the last one in the file may be shorter. */
  async read(sector: number): Promise<Buffer> {
    const start = this.place(sector)
    const data = await this.#source.read(start, start + this.bytes)
    if (data.length === 0) throw corrupt('it ends before one of its parts begins')
    return data
  }

  async head(start: number, length: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for (const sector of await this.chain(start, Math.ceil(length / this.bytes))) {
      parts.push(await this.read(sector))
    }
    return Buffer.concat(parts).subarray(0, length)
  }

  /** The offsets of a stream's sectors in the file. */
  async places({ start, size }: Stream): Promise<Pieces> {
    const chain = await this.chain(start, Math.ceil(size / this.bytes))
    return { places: chain.map(sector => this.place(sector)), unit: this.bytes }
  }

  place(sector: number): number {
    return (sector + 1) * this.bytes
  }

  /** The numbers of a chain's first sectors, at most `limit`. */
  async chain(start: number, limit: number): Promise<number[]> {
    const chain: number[] = []
    const seen = new Set<number>()
    for (
      let at = start;
      at < END_OF_CHAIN && chain.length < Math.min(limit, MAX_CHAIN);
      at = await this.#next(at)
    ) {
      if (seen.has(at)) throw corrupt('its parts point in circles')
      seen.add(at)
      chain.push(at)
    }
    return chain
  }

  async #next(sector: number): Promise<number> {
    const ids = this.bytes / 4
    const number = Math.floor(sector / ids)
    const page = this.#fatPages.get(number) ?? (await this.#readFatPage(number))
    this.#fatPages.set(number, page)
    return idAt(page, sector % ids)
  }

  async #readFatPage(number: number): Promise<Buffer> {
    this.#fatPlaces ??= await this.#readFatPlaces()
    const place = this.#fatPlaces[number]
    if (place === undefined || place >= END_OF_CHAIN) throw corrupt('a part of it lies beyond its end')
    return this.read(place)
  }

  /** The offsets of the FAT's own sectors: the first 109 are listed in the header, further ones in a separate chain. */
  async #readFatPlaces(): Promise<number[]> {
    const places = Array.from({ length: HEADER_FAT_PLACES }, (_, i) => this.#header.readUInt32LE(76 + i * 4))
    const ids = this.bytes / 4
    const pagesInFile = Math.ceil(this.#source.size / this.bytes / ids)
    let at = this.#header.readUInt32LE(68)
    while (at < END_OF_CHAIN && places.length < pagesInFile) {
      const page = await this.read(at)
      for (let i = 0; i < ids - 1; i++) places.push(idAt(page, i))
      at = idAt(page, ids - 1)
    }
    return places
  }
}

/** Streams below the cutoff are stored as pieces of 64 bytes inside the root's stream, linked by a separate table. */
export class MiniSectors {
  readonly #sectors: Sectors
  readonly #root: Stream
  readonly #tableStart: number

  constructor(sectors: Sectors, root: Stream, tableStart: number) {
    this.#sectors = sectors
    this.#root = root
    this.#tableStart = tableStart
  }

  async head(start: number, length: number): Promise<Buffer> {
    const table = await this.#sectors.chain(this.#tableStart, MAX_CHAIN)
    const pieces = await this.#sectors.chain(this.#root.start, MAX_CHAIN)
    const parts: Buffer[] = []
    for (let at = start; parts.length * MINI_SECTOR_BYTES < length; at = await this.#next(table, at)) {
      const offset = at * MINI_SECTOR_BYTES
      const within = offset % this.#sectors.bytes
      const sector = await this.#pick(pieces, Math.floor(offset / this.#sectors.bytes))
      parts.push(sector.subarray(within, within + MINI_SECTOR_BYTES))
    }
    return Buffer.concat(parts).subarray(0, length)
  }

  /** The offsets of a stream's pieces in the file. */
  async places({ start, size }: Stream): Promise<Pieces> {
    const table = await this.#sectors.chain(this.#tableStart, MAX_CHAIN)
    const sectors = await this.#sectors.chain(this.#root.start, MAX_CHAIN)
    const places: number[] = []
    for (let at = start; places.length * MINI_SECTOR_BYTES < size; at = await this.#next(table, at)) {
      const offset = at * MINI_SECTOR_BYTES
      const sector = sectors[Math.floor(offset / this.#sectors.bytes)]
      if (sector === undefined) throw corrupt('a part of it lies beyond its end')
      places.push(this.#sectors.place(sector) + (offset % this.#sectors.bytes))
    }
    return { places, unit: MINI_SECTOR_BYTES }
  }

  async #next(table: number[], piece: number): Promise<number> {
    const ids = this.#sectors.bytes / 4
    return idAt(await this.#pick(table, Math.floor(piece / ids)), piece % ids)
  }

  async #pick(chain: number[], index: number): Promise<Buffer> {
    const sector = chain[index]
    if (sector === undefined) throw corrupt('a part of it lies beyond its end')
    return this.#sectors.read(sector)
  }
}

function idAt(page: Buffer, index: number): number {
  if (index * 4 + 4 > page.length) throw corrupt('a part of it lies beyond its end')
  return page.readUInt32LE(index * 4)
}
