import type { S3Types } from '#lib/aws/s3-client.ts'
import { answerStatus, asBucketError, isMissingObject } from '#lib/storage/s3-storage/object-errors.ts'

/** A write that competes with another one of the same key is repeated so often. */
const MOST_CONFLICTS = 5

/** What a listing tells of an object. */
export interface ListedObject {
  key: string
  bytes: number
  /** Changes with the object's content. */
  etag: string
  /** By the clock of the service, in milliseconds. */
  changedAt: number
}

/** The object must not exist, or be exactly the one with this entity tag. */
export type WriteCondition = 'absent' | { etag: string }

export interface ConditionalWrite {
  condition: WriteCondition
  /** Names in lower case, with values in ASCII. */
  metadata?: Record<string, string>
}

/** The commands of the client that the spool uses. */
export type SpoolClient = Pick<
  S3Types.S3,
  | 'putObject'
  | 'getObject'
  | 'headObject'
  | 'deleteObject'
  | 'listObjectsV2'
  | 'createMultipartUpload'
  | 'uploadPart'
  | 'uploadPartCopy'
  | 'completeMultipartUpload'
  | 'abortMultipartUpload'
  | 'listMultipartUploads'
>

/** Small objects of one bucket below a prefix, with conditional writes. Keys are relative to the prefix. */
export class SpoolBucket {
  readonly client: SpoolClient
  readonly name: string
  readonly #prefix: string

  /** @param prefix empty, or ending in a slash */
  constructor(client: SpoolClient, name: string, prefix: string) {
    this.client = client
    this.name = name
    this.#prefix = prefix
  }

  /** The full key, with the name of the bucket. */
  at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.name, Key: this.#prefix + key }
  }

  /** Writes an object. Resolves to its entity tag. @throws AppError `storage_full` */
  async put(key: string, body: Buffer): Promise<string> {
    try {
      return (await this.client.putObject({ ...this.at(key), Body: body })).ETag ?? ''
    } catch (error) {
      throw asBucketError(error)
    }
  }

  /**
   * Writes an object if the condition holds. Resolves to its entity tag, or undefined where the condition does not
   * hold. An own write whose answer was lost looks like another's, so callers compare the content then.
   * @throws AppError `storage_full`
   */
  async putIf(
    key: string,
    body: Buffer,
    { condition, metadata }: ConditionalWrite,
  ): Promise<string | undefined> {
    // Without its quotes: S3 takes a tag either way, Ceph's gateway only so.
    const match =
      condition === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: condition.etag.replaceAll('"', '') }
    const input = { ...this.at(key), Body: body, ...match, ...(metadata && { Metadata: metadata }) }
    for (let conflicts = 0; ; conflicts++) {
      try {
        return (await this.client.putObject(input)).ETag ?? ''
      } catch (error) {
        if (isConditionFailed(error)) return undefined
        if (answerStatus(error) !== 409 || conflicts >= MOST_CONFLICTS) throw asBucketError(error)
      }
    }
  }

  /** The content of an object, undefined where it is missing. */
  get(key: string): Promise<Buffer | undefined> {
    return ifThere(async () => {
      const { Body } = await this.client.getObject(this.at(key))
      return Buffer.from((await Body?.transformToByteArray()) ?? [])
    })
  }

  /** What an object was written with, undefined where it is missing. */
  metadataOf(key: string): Promise<Record<string, string> | undefined> {
    return ifThere(async () => (await this.client.headObject(this.at(key))).Metadata ?? {})
  }

  async delete(key: string): Promise<void> {
    await this.client.deleteObject(this.at(key))
  }

  /** All objects whose keys begin with `prefix`, in the order of their keys. */
  async list(prefix: string): Promise<ListedObject[]> {
    const { Bucket, Key: Prefix } = this.at(prefix)
    const found: ListedObject[] = []
    let ContinuationToken: string | undefined
    do {
      const page = await this.client.listObjectsV2({ Bucket, Prefix, ContinuationToken })
      for (const { Key = '', Size = 0, ETag = '', LastModified } of page.Contents ?? [])
        found.push({
          key: Key.slice(this.#prefix.length),
          bytes: Size,
          etag: ETag,
          changedAt: LastModified?.getTime() ?? 0,
        })
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken !== undefined)
    return found
  }
}

async function ifThere<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (isMissingObject(error)) return undefined
    throw error
  }
}

function isConditionFailed(error: unknown): boolean {
  return answerStatus(error) === 412 || isMissingObject(error)
}
