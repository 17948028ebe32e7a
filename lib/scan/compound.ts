/**
 * A reader for the Compound File format ([MS-CFB]), the small file system of .ppt, .doc, .xls and locked .pptx files.
 * It reads the root's directory and parts of its streams by ranges. Every number in such a file may be wrong, so each
 * chain has a limit and each offset is checked.
 */
import { Directory } from './compound-directory.ts'
import { MiniSectors, Sectors } from './compound-sectors.ts'
import { CompoundStream } from './compound-stream.ts'
import { corrupt } from './finding.ts'
import type { Source } from './source.ts'

const HEADER_BYTES = 512

export interface Compound {
  /** The names in the root, in lower case. */
  names: string[]
  /** Whether the root has this stream or storage; names are case-insensitive. */
  has(name: string): boolean
  /** The first bytes of a stream of the root, fewer where it is shorter; empty where there is none. */
  head(name: string, bytes: number): Promise<Buffer>
  /** A stream of the root for random access; undefined where there is none. @throws AppError `corrupt_file` */
  stream(name: string): Promise<CompoundStream | undefined>
}

/**
 * Opens a Compound File and reads its directory.
 * @throws AppError `corrupt_file` where the directory cannot be reached
 */
export async function openCompound(source: Source): Promise<Compound> {
  const header = await source.read(0, HEADER_BYTES)
  if (header.length < HEADER_BYTES) throw corrupt('it ends before its table of contents')
  const sectors = new Sectors(source, header)
  const directory = await Directory.read(sectors, header.readUInt32LE(48))
  const mini = new MiniSectors(sectors, directory.root, header.readUInt32LE(60))
  const cutoff = header.readUInt32LE(56)
  const head = async (name: string, bytes: number) => {
    const stream = directory.find(name)
    if (!stream) return Buffer.alloc(0)
    const length = Math.min(bytes, stream.size)
    return (stream.size < cutoff ? mini : sectors).head(stream.start, length)
  }
  const stream = async (name: string) => {
    const found = directory.find(name)
    if (!found) return undefined
    const chains = found.size < cutoff ? mini : sectors
    return new CompoundStream(source, { size: found.size, ...(await chains.places(found)) })
  }
  return { names: directory.names, has: name => directory.find(name) !== undefined, head, stream }
}
