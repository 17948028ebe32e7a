/** What an attempt works with, without LibreOffice and without fontconfig. */
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Conversion } from '#worker/engine.ts'

/** Converts by writing the source's text in capitals. */
export async function capitals({ sourcePath, directory }: Conversion): Promise<{ path: string }> {
  const path = join(directory, 'result.pdf')
  await writeFile(path, (await readFile(sourcePath, 'utf8')).toUpperCase())
  return { path }
}

/** Never ends by itself, like an engine that hangs. */
export async function hang({ signal }: Conversion): Promise<never> {
  await once(signal, 'abort')
  throw signal.reason
}

const noFontconfig = () => Promise.reject(new Error('no fontconfig'))
/** A machine without fontconfig. */
export const fonts = { match: noFontconfig, missing: noFontconfig, missingIn: noFontconfig }
