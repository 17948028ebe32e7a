import assert from 'node:assert/strict'
import { SCAN_LIMITS, type ScanLimits } from '#lib/scan/scan-limits.ts'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import type { AppError, ErrorCode } from '#lib/vocabulary/errors.ts'

/** Other limits than the usual ones: a guard is tried with a small document, not with one that would do harm. */
export type Lowered = Partial<ScanLimits>

/** What a scan finds in these bytes under this name. */
export async function formatOf(
  content: Buffer | string,
  fileName: string,
  limits: Lowered = {},
): Promise<string> {
  const source = sourceOfBuffer(Buffer.from(content))
  return (await scan(source, fileName, { limits: { ...SCAN_LIMITS, ...limits } })).format
}

/** Expects a refusal with this code and a sentence for the person that matches. */
export async function assertRefused(
  [content, fileName, limits]: [content: Buffer | string, fileName: string, limits?: Lowered],
  code: ErrorCode,
  sentence = /./,
): Promise<void> {
  await assert.rejects(formatOf(content, fileName, limits), (error: AppError) => {
    assert.equal(error.code, code, error.message)
    assert.match(error.toJobError().message, sentence)
    return true
  })
}
