import { sourceKey } from '#lib/job-keys.ts'
import { type Segment, segmentKey } from './manifest.ts'
import { smallOnes } from './segment-writer.ts'
import type { SpoolBucket } from './spool-bucket.ts'

/** So many parts are copied at a time. */
const AT_ONCE = 8

interface Assembly {
  id: string
  bucket: SpoolBucket
  uploadId: string
}

/**
 * Makes one object of segments, under the key of the job's source. The service copies them; only several small ones at
 * the end pass through this process, as one part.
 * @throws Error where a segment is missing
 */
export async function assemble(bucket: SpoolBucket, id: string, segments: readonly Segment[]): Promise<void> {
  const target = bucket.at(sourceKey(id))
  const [only, ...others] = segments
  if (only && others.length === 0) {
    await bucket.client.copyObject({ ...target, CopySource: copySource(bucket, segmentKey(id, only)) })
    return
  }
  const { UploadId: uploadId = '' } = await bucket.client.createMultipartUpload(target)
  try {
    const Parts = await copyParts({ id, bucket, uploadId }, segments)
    await bucket.client.completeMultipartUpload({ ...target, UploadId: uploadId, MultipartUpload: { Parts } })
  } catch (error) {
    // What cannot be aborted now is swept later.
    await bucket.client.abortMultipartUpload({ ...target, UploadId: uploadId }).catch(() => {})
    throw error
  }
}

async function copyParts(assembly: Assembly, segments: readonly Segment[]) {
  const small = smallOnes(segments)
  const copied = small.length > 1 ? segments.slice(0, -small.length) : segments
  const parts = []
  for (let at = 0; at < copied.length; at += AT_ONCE) {
    const some = copied.slice(at, at + AT_ONCE)
    parts.push(...(await Promise.all(some.map((segment, n) => copyPart(assembly, segment, at + n + 1)))))
  }
  if (small.length > 1) parts.push(await sendAsOnePart(assembly, small, copied.length + 1))
  return parts
}

async function copyPart({ id, bucket, uploadId }: Assembly, segment: Segment, PartNumber: number) {
  const { CopyPartResult } = await bucket.client.uploadPartCopy({
    ...bucket.at(sourceKey(id)),
    UploadId: uploadId,
    PartNumber,
    CopySource: copySource(bucket, segmentKey(id, segment)),
  })
  return { PartNumber, ETag: CopyPartResult?.ETag }
}

async function sendAsOnePart(
  { id, bucket, uploadId }: Assembly,
  segments: readonly Segment[],
  PartNumber: number,
) {
  const found = await Promise.all(segments.map(segment => bucket.get(segmentKey(id, segment))))
  const Body = Buffer.concat(found.map(each => each?.content ?? missing(id)))
  const { ETag } = await bucket.client.uploadPart({
    ...bucket.at(sourceKey(id)),
    UploadId: uploadId,
    PartNumber,
    Body,
  })
  return { PartNumber, ETag }
}

function copySource(bucket: SpoolBucket, key: string): string {
  const { Bucket, Key } = bucket.at(key)
  return [Bucket, ...Key.split('/')].map(encodeURIComponent).join('/')
}

function missing(id: string): never {
  throw new Error(`a segment of upload ${id} is missing`)
}
