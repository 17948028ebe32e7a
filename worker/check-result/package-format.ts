import type { FileHandle } from 'node:fs/promises'
import { detectOdf } from '#lib/scan/odf.ts'
import { detectOoxml } from '#lib/scan/ooxml.ts'
import type { Source } from '#lib/scan/source.ts'
import { openArchive } from '#lib/scan/zip.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

/** The format of an Office or OpenDocument package, by its main part; a description for any other file. */
export async function packageFormat(file: FileHandle): Promise<string> {
  try {
    const archive = await openArchive(await fileSource(file))
    const finding = (await detectOoxml(archive)) ?? (await detectOdf(archive)) ?? { other: 'a ZIP archive' }
    return 'format' in finding ? finding.format : finding.other
  } catch (error) {
    if (error instanceof AppError) return error.message
    throw error
  }
}

/** An open file as a source for the scan. */
export async function fileSource(file: FileHandle): Promise<Source> {
  const { size } = await file.stat()
  const read = async (start: number, end: number) => {
    const length = Math.max(0, Math.min(end, size) - start)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start)
    return buffer.subarray(0, bytesRead)
  }
  return { size, read }
}
