import { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { GetObjectCommandInput, S3, S3ClientConfig } from '@aws-sdk/client-s3'
import { type AwsClientOptions, givenOptions } from './client-options.ts'
import { endIfStalled } from './end-if-stalled.ts'

export type * as S3Types from '@aws-sdk/client-s3'
export type { S3 }

/** Connections at a time: each download of a slow reader occupies one as long as it lasts. */
const MOST_CONNECTIONS = 500
const CONNECTION_MS = 5_000

/** Until the answer begins: a part must arrive within that time. */
const ANSWER_MS = 120_000

/** A read in which no byte arrives for this long ends with an error. */
const STALLED_MS = 30_000

export interface S3ClientOptions extends AwsClientOptions {
  /** How long an object that is being read may send nothing, in milliseconds; unset: 30 s. */
  stalledMs?: number | undefined
}

/** A client with one method for each command. It connects at the first call. @throws Error without its package */
export async function openS3Client(options: S3ClientOptions = {}): Promise<S3> {
  const { S3 } = await import('@aws-sdk/client-s3')
  const client = new S3(configOf(options))
  limitStalls(client, options.stalledMs ?? STALLED_MS)
  return client
}

/** The SDK limits the time until an answer begins, and none for its body. */
function limitStalls(client: S3, limitMs: number): void {
  client.middlewareStack.add(
    next => async args => {
      const result = await next(args)
      const { Body } = result.output as { Body?: unknown }
      if (Body instanceof IncomingMessage) endIfStalled(Body, limitMs)
      return result
    },
    { name: 'limitStalls', step: 'initialize' },
  )
}

function configOf(options: AwsClientOptions): S3ClientConfig {
  const agent = { keepAlive: true, maxSockets: MOST_CONNECTIONS }
  return {
    ...givenOptions(options),
    // Other servers than AWS's have one address for all buckets.
    ...(options.endpoint && { forcePathStyle: true }),
    // By default the SDK sends streams in a framing with a checksum, which other servers refuse or store as it is.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECTION_MS,
      requestTimeout: ANSWER_MS,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    },
  }
}

/** As short as a slow page may take to follow a redirect. In seconds. */
const LINK_S = 300

/** A link that reads one object without credentials, for five minutes. Calls nothing. */
export async function presignedUrl(client: S3, input: GetObjectCommandInput): Promise<string> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3')
  const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner')
  return getSignedUrl(client, new GetObjectCommand(input), { expiresIn: LINK_S })
}

/** A part is in memory until it has arrived; the service takes at most 10,000, so 80 GB. In bytes. */
const PART_BYTES = 8 * 1024 * 1024
const PARTS_AT_A_TIME = 2

/**
 * Writes a stream as one object, in one request where it is small, else in parts. Where it fails, nothing is left.
 * @throws the stream's own error, the signal's reason
 */
export async function uploadStream(
  client: S3,
  at: { Bucket: string; Key: string },
  { body, signal }: { body: Readable; signal?: AbortSignal | undefined },
): Promise<void> {
  const { Upload } = await import('@aws-sdk/lib-storage')
  const params = { ...at, Body: body }
  const upload = new Upload({ client, params, partSize: PART_BYTES, queueSize: PARTS_AT_A_TIME })
  const stop = () => void upload.abort()
  signal?.addEventListener('abort', stop)
  try {
    await upload.done()
  } catch (error) {
    // After an abort the library removes the parts too, but does not wait for it, and this process may end.
    const { uploadId: UploadId } = upload
    if (signal?.aborted && UploadId) await client.abortMultipartUpload({ ...at, UploadId }).catch(() => {})
    throw error
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
