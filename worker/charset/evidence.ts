import { wideTextOf } from '#lib/scan/wide-text.ts'
import { openInSlot } from '../report/open-in-slot.ts'
import { ByteSurvey, type Surveyed } from './byte-survey.ts'
import type { Evidence } from './choice.ts'
import { declaredIn } from './declared.ts'

const HEAD_BYTES = 64 * 1024
const DECLARED_IN_BYTES = 4096
/** The chunk size for reading a text. */
export const CHUNK_BYTES = 256 * 1024
const NOTHING_SURVEYED = new ByteSurvey(0).end()

/** Collects the evidence for a text's character set. @throws the signal's reason */
export async function evidenceOf(path: string, format: string, signal: AbortSignal): Promise<Evidence> {
  const file = await openInSlot(path)
  const { size } = await file.stat()
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
  const head = buffer.subarray(0, bytesRead)
  const wide = wideTextOf(head)
  if (wide) await file.close()
  return {
    wide,
    isMarked: head.toString('hex', 0, 3) === 'efbbbf',
    declared: format === 'html' ? declaredIn(head.subarray(0, DECLARED_IN_BYTES)) : undefined,
    surveyed: wide
      ? NOTHING_SURVEYED
      : await survey(file.createReadStream({ start: 0, highWaterMark: CHUNK_BYTES }), size, signal),
  }
}

async function survey(chunks: AsyncIterable<Buffer>, size: number, signal: AbortSignal): Promise<Surveyed> {
  const look = new ByteSurvey(size)
  for await (const chunk of chunks) {
    signal.throwIfAborted()
    look.push(chunk)
  }
  return look.end()
}
