import type { Sectors, Stream } from './compound-sectors.ts'
import { corrupt } from './finding.ts'

const ENTRY_BYTES = 128
const MAX_DIRECTORY_BYTES = 4 * 1024 * 1024

/** The entries directly in the root. Deeper storages are other, embedded documents and are not read. */
export class Directory {
  readonly root: Stream
  readonly #children: Map<string, Stream>

  /** @throws AppError `corrupt_file` */
  static async read(sectors: Sectors, start: number): Promise<Directory> {
    const parts: Buffer[] = []
    for (const sector of await sectors.chain(start, MAX_DIRECTORY_BYTES / sectors.bytes)) {
      parts.push(await sectors.read(sector))
    }
    const data = Buffer.concat(parts)
    if (data.length < ENTRY_BYTES) throw corrupt('its table of contents is missing')
    return new Directory(data)
  }

  private constructor(data: Buffer) {
    const root = entryAt(data, 0)
    this.root = root
    this.#children = new Map()
    const open = [root.child]
    const seen = new Set<number>()
    // The entries form a binary tree, in which a hostile file can link an entry to itself.
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at) || (at + 1) * ENTRY_BYTES > data.length) continue
      seen.add(at)
      const entry = entryAt(data, at)
      this.#children.set(entry.name.toLowerCase(), entry)
      open.push(entry.left, entry.right)
    }
  }

  /** In lower case. */
  get names(): string[] {
    return [...this.#children.keys()]
  }

  find(name: string): Stream | undefined {
    return this.#children.get(name.toLowerCase())
  }
}

function entryAt(data: Buffer, index: number) {
  const entry = data.subarray(index * ENTRY_BYTES, (index + 1) * ENTRY_BYTES)
  const nameBytes = Math.max(0, Math.min(entry.readUInt16LE(64), 64) - 2)
  return {
    name: entry.toString('utf16le', 0, nameBytes),
    left: entry.readUInt32LE(68),
    right: entry.readUInt32LE(72),
    child: entry.readUInt32LE(76),
    start: entry.readUInt32LE(116),
    // The upper half of a size is only valid in files above 4 GB; some old files have garbage there.
    size: entry.readUInt32LE(120),
  }
}
