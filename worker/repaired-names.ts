/**
 * Packages with backslashes in part names, as some programs for Windows write them. LibreOffice finds no part in them.
 * Both characters are one byte, so the names are replaced in place in this worker's copy. A wrapper around another
 * engine.
 */
import { type FileHandle, open } from 'node:fs/promises'
import { carefully } from '#lib/scan/source.ts'
import { endOfArchive } from '#lib/scan/zip.ts'
import { type Engine, withConvert } from './engine.ts'
import { sourceOfFile } from './file-source.ts'

const [BACKSLASH, SLASH] = [0x5c, 0x2f]
const [END_RECORD_BYTES, ENTRY_BYTES, LOCAL_BYTES] = [22, 46, 30]
const ENTRY_SIGNATURE = 0x02014b50
/** A hundred times the table of contents of a real document. */
const MAX_TABLE_BYTES = 16e6

/** The same engine, which opens packages with such names. */
export function withRepairedNames(engine: Engine): Engine {
  return withConvert(engine, async conversion => {
    if (conversion.hasBackslashes) await repairNames(conversion.sourcePath)
    return engine.convert(conversion)
  })
}

/** Repairs the names of a zip's parts in its table of contents and in the local headers. */
export async function repairNames(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const source = carefully(await sourceOfFile(file))
    const end = await endOfArchive(source)
    const record = await source.read(end.record, end.record + END_RECORD_BYTES)
    const start = end.record - Math.min(record.readUInt32LE(12), MAX_TABLE_BYTES)
    const table = await source.read(start, end.record)
    for (
      let at = 0;
      isEntry(table, at);
      at += ENTRY_BYTES + table.readUInt16LE(at + 28) + extras(table, at)
    ) {
      const length = table.readUInt16LE(at + 28)
      await repairAt(file, start + at + ENTRY_BYTES, length)
      await repairAt(file, table.readUInt32LE(at + 42) + LOCAL_BYTES, length)
    }
  } finally {
    await file.close()
  }
}

function isEntry(table: Buffer, at: number): boolean {
  return at + ENTRY_BYTES <= table.length && table.readUInt32LE(at) === ENTRY_SIGNATURE
}

/** The number of bytes between a name and the next entry. */
function extras(table: Buffer, at: number): number {
  return table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32)
}

async function repairAt(file: FileHandle, position: number, length: number): Promise<void> {
  const { buffer: name, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead < length || !name.includes(BACKSLASH)) return
  await file.write(
    name.map(byte => (byte === BACKSLASH ? SLASH : byte)),
    0,
    length,
    position,
  )
}
