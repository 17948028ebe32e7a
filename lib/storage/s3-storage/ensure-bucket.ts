import type { S3 } from '#lib/aws/s3-client.ts'
import { isServiceRefusal } from '#lib/aws/service-error.ts'
import { ConfigError } from '#lib/config.ts'
import type { Logger } from '#lib/log.ts'
import { answerStatus, isMissingObject } from './object-errors.ts'

interface BucketOptions {
  bucket: string
  endpoint?: string | undefined
  log: Logger
}

/**
 * Makes the bucket where it is missing. A service that cannot be reached is logged.
 * @throws ConfigError where the bucket can be neither used nor made
 */
export async function ensureBucket(s3: S3, { bucket, endpoint, log }: BucketOptions): Promise<void> {
  try {
    await s3.headBucket({ Bucket: bucket }).catch(error => {
      if (!isMissingObject(error)) throw error
      return makeBucket(s3, bucket, endpoint)
    })
  } catch (error) {
    if (isServiceRefusal(error)) throw refusal(bucket, error)
    log.warn({ err: error }, 'the bucket does not answer; files are taken when it does')
  }
}

async function makeBucket(s3: S3, bucket: string, endpoint: string | undefined): Promise<void> {
  const region = await s3.config.region()
  // AWS takes its oldest region only as none at all, and other servers know no region of that name.
  const isImplied = endpoint !== undefined || region === 'us-east-1'
  const place = { CreateBucketConfiguration: { LocationConstraint: region as 'eu-central-1' } }
  await s3.createBucket({ Bucket: bucket, ...(!isImplied && place) })
}

/** A question for the head of a bucket is refused without words. */
function refusal(bucket: string, error: unknown): ConfigError {
  const { name, message } = error as Error
  const status = answerStatus(error)
  const cause = status === undefined ? message : `${status} ${name === 'UnknownError' ? '' : name}`.trim()
  return new ConfigError(
    `STORAGE names the bucket “${bucket}”, which cannot be used (${cause}): make it, and check AWS_REGION, S3_ENDPOINT, the credentials, and that their role may read, write, list and delete in it.`,
  )
}
