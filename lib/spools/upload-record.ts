import * as z from 'zod'
import type { UploadRecord } from '../spool.ts'

const RecordSchema = z.object({
  id: z.uuid(),
  owner: z.string(),
  listed: z.boolean(),
  length: z.int().min(0),
  metadata: z.record(z.string(), z.string().nullable()).optional(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})

export function encodeUploadRecord(record: UploadRecord): Buffer {
  return Buffer.from(JSON.stringify(record))
}

/**
 * Parses a record; undefined where a power cut emptied it.
 * @throws ZodError for any other content
 */
export function decodeUploadRecord(content: string): UploadRecord | undefined {
  const found = parsed(content)
  return found === undefined ? undefined : RecordSchema.parse(found)
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
