import { sourceKey } from '#lib/job-keys.ts'
import { FINISHED, type Segment } from './commits.ts'
import type { SpoolBucket } from './spool-bucket.ts'

/** S3 composes an object only of parts of this size, save the last one. */
const LEAST_PART_BYTES = 5 * 1024 * 1024
/** So many parts are copied at a time. */
const AT_ONCE = 8

interface Assembly {
  id: string
  bucket: SpoolBucket
  uploadId: string
}

/**
 * Makes one object of segments, under the key of the job's source. The service copies them; only small ones pass
 * through this process, several as one part.
 * @throws Error where a segment is missing
 */
export async function assemble(bucket: SpoolBucket, id: string, segments: readonly Segment[]): Promise<void> {
  const target = bucket.at(sourceKey(id))
  const { UploadId: uploadId = '' } = await bucket.client.createMultipartUpload({
    ...target,
    Metadata: FINISHED,
  })
  try {
    const Parts = await sendParts({ id, bucket, uploadId }, partsOf(segments))
    await bucket.client.completeMultipartUpload({ ...target, UploadId: uploadId, MultipartUpload: { Parts } })
  } catch (error) {
    // What cannot be aborted now is swept later.
    await bucket.client.abortMultipartUpload({ ...target, UploadId: uploadId }).catch(() => {})
    throw error
  }
}

/** The segments in groups that are large enough, save the last one. */
function partsOf(segments: readonly Segment[]): Segment[][] {
  const parts: Segment[][] = []
  let bytes = LEAST_PART_BYTES
  for (const segment of segments) {
    if (bytes >= LEAST_PART_BYTES) {
      parts.push([])
      bytes = 0
    }
    parts.at(-1)?.push(segment)
    bytes += segment.bytes
  }
  return parts
}

async function sendParts(assembly: Assembly, parts: readonly Segment[][]) {
  const sent = []
  for (let at = 0; at < parts.length; at += AT_ONCE) {
    const some = parts.slice(at, at + AT_ONCE)
    // Only one that is copied by the service takes no memory here.
    const copied = await Promise.all(
      some.map((part, n) => part.length === 1 && copyPart(assembly, part, at + n + 1)),
    )
    for (const [n, part] of some.entries())
      sent.push(copied[n] || (await sendPart(assembly, part, at + n + 1)))
  }
  return sent
}

async function copyPart(
  { id, bucket, uploadId }: Assembly,
  [segment]: readonly Segment[],
  PartNumber: number,
) {
  const { Bucket, Key } = bucket.at(segment?.key ?? '')
  const { CopyPartResult } = await bucket.client.uploadPartCopy({
    ...bucket.at(sourceKey(id)),
    UploadId: uploadId,
    PartNumber,
    CopySource: [Bucket, ...Key.split('/')].map(encodeURIComponent).join('/'),
  })
  return { PartNumber, ETag: CopyPartResult?.ETag }
}

async function sendPart({ id, bucket, uploadId }: Assembly, part: readonly Segment[], PartNumber: number) {
  const found: Buffer[] = []
  for (const { key } of part) found.push((await bucket.get(key)) ?? missing(key))
  const { ETag } = await bucket.client.uploadPart({
    ...bucket.at(sourceKey(id)),
    UploadId: uploadId,
    PartNumber,
    Body: Buffer.concat(found),
  })
  return { PartNumber, ETag }
}

function missing(key: string): never {
  throw new Error(`the segment ${key} of an upload is missing`)
}
