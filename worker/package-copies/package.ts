import { memberAt } from '#lib/scan/member.ts'
import type { Source } from '#lib/scan/source.ts'
import { DamagedPart, unpack } from '#lib/scan/unpack.ts'
import { type Archive, openArchive } from '#lib/scan/zip.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Conversion } from '#worker/engine.ts'
import { OddMarkup } from './markup-tokens.ts'

/** Rewrites the content of a part. */
export type PartChange = (content: AsyncIterable<Buffer>) => AsyncIterable<Buffer>

export interface Package {
  archive: Archive
  /** A folder of this attempt. */
  directory: string
  signal: AbortSignal
  /** The content of a part. */
  read(name: string): AsyncIterable<Buffer>
  /** The names of the matching parts, in order. */
  names(pattern: RegExp): string[]
}

/** @throws AppError as of `openArchive` */
export async function openPackage(
  source: Source,
  { directory, signal }: Pick<Conversion, 'directory' | 'signal'>,
): Promise<Package> {
  const archive = await openArchive(source)
  const entries = new Map(archive.entries.map(entry => [entry.name, entry]))
  return {
    archive,
    directory,
    signal,
    names: pattern => [...entries.keys()].filter(name => pattern.test(name)),
    async *read(name) {
      const entry = entries.get(name)
      if (!entry) return
      for await (const chunk of unpack(source, await memberAt(source, entry))) {
        signal.throwIfAborted()
        yield chunk
      }
    },
  }
}

/** Whether a file cannot be rewritten, which LibreOffice may still convert. */
export function isOfTheFile(error: unknown): boolean {
  return [OddMarkup, DamagedPart, RangeError, AppError].some(kind => error instanceof kind)
}
