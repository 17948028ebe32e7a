import assert from 'node:assert/strict'
import type { AppError, ErrorCode } from '#lib/errors.ts'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'

/** What a scan finds in these bytes under this name. */
export async function formatOf(content: Buffer | string, fileName: string): Promise<string> {
  return (await scan(sourceOfBuffer(Buffer.from(content)), fileName)).format
}

/** Expects a refusal with this code and a sentence for the person that matches. */
export async function assertRefused(
  [content, fileName]: [Buffer | string, string],
  code: ErrorCode,
  sentence = /./,
): Promise<void> {
  await assert.rejects(scan(sourceOfBuffer(Buffer.from(content)), fileName), (error: AppError) => {
    assert.equal(error.code, code, error.message)
    assert.match(error.toJobError().message, sentence)
    return true
  })
}
