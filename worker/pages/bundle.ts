import { createWriteStream } from 'node:fs'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { AppError } from '#lib/vocabulary/errors.ts'
import { openRegular } from '#worker/regular-file.ts'

/** Pictures are compressed already; drawings are text. */
const IS_PACKED = /\.(png|jpg)$/

/**
 * Writes files into a new zip, in this order and under their own names. @throws AppError `bad_result`; the signal's
 * reason
 */
export async function bundle(paths: readonly string[], zipPath: string, signal: AbortSignal): Promise<void> {
  const failed = new AbortController()
  const stop = AbortSignal.any([signal, failed.signal])
  const zip = new ZipFile()
  zip.on('error', error => failed.abort(error))
  // Files are opened one at a time, so that a thousand pages are not a thousand open files.
  for (const path of paths)
    zip.addReadStreamLazy(basename(path), { compress: !IS_PACKED.test(path) }, give => {
      openStream(path).then(stream => give(null, stream), failed.abort.bind(failed))
    })
  zip.end()
  await pipeline(zip.outputStream as Readable, createWriteStream(zipPath, { flags: 'wx' }), {
    signal: stop,
  }).catch(error => {
    stop.throwIfAborted()
    throw error
  })
}

async function openStream(path: string): Promise<Readable> {
  const file = await openRegular(path)
  if (file) return file.createReadStream()
  throw new AppError('bad_result', { details: { target: 'ZIP' }, log: `${path} is not a regular file` })
}
