import { promisify } from 'node:util'
import { inflate, inflateSync } from 'node:zlib'
import type { PlainPdf } from './check-result/plain-pdf.ts'

const STREAM = /^\d+ 0 obj\s*<<[^>]*\/FlateDecode[^>]*>>\s*(stream\r?\n)/
/** Enough for the dictionary before a stream; the pattern is slow on longer input. */
const HEAD_BYTES = 1024
/** What is unpacked at once: a thread of its own takes longer to ask than so much to unpack. In bytes. */
const AT_ONCE_BYTES = 4096
const inflated = promisify(inflate)

/** For a stream: how much of its object is read, and its largest decompressed size, in bytes. */
export interface StreamLimits {
  packed: number
  unpacked: number
}

/** The object numbers of a PDF's pages in order, in the plain form that LibreOffice writes. */
export async function pagesOf(pdf: PlainPdf): Promise<number[]> {
  const [, kids = ''] = /\/Kids\s*\[([^\]]*)\]/.exec((await pdf.named('Pages'))?.text ?? '') ?? []
  return [...kids.matchAll(/(\d+) 0 R/g)].map(([, id]) => Number(id))
}

/** The content of a stream, one character per byte; undefined where it is longer, broken or compressed differently. */
export async function streamOf(pdf: PlainPdf, id: number, limits: StreamLimits): Promise<string | undefined> {
  const text = (await pdf.object(id, limits.packed))?.text ?? ''
  const [head = '', start = ''] = STREAM.exec(text.slice(0, HEAD_BYTES)) ?? []
  if (!start) return undefined
  const packed = Buffer.from(text.slice(head.length), 'latin1')
  const content = await unpacked(packed, limits.unpacked).catch(() => undefined)
  return content?.toString('latin1')
}

async function unpacked(packed: Buffer, maxOutputLength: number): Promise<Buffer> {
  if (packed.length > AT_ONCE_BYTES) return inflated(packed, { maxOutputLength })
  return inflateSync(packed, { maxOutputLength, chunkSize: AT_ONCE_BYTES })
}
