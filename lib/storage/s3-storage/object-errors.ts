import { AppError } from '#lib/vocabulary/errors.ts'

/** Whether the service says that there is no such object. */
export function isMissingObject(error: unknown): boolean {
  return ['NoSuchKey', 'NotFound'].includes((error as Error).name)
}

/** Whether a range was asked for that begins behind the last byte. */
export function isRangeBeyondEnd(error: unknown): boolean {
  return answerStatus(error) === 416
}

/** The HTTP status of the answer that an error stands for; undefined where none came. */
export function answerStatus(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
}

/** Servers of one's own have a quota or a full disk. */
export function asBucketError(error: unknown): unknown {
  const { name, message } = error as Error
  const isFull = answerStatus(error) === 507 || ['QuotaExceeded', 'XMinioStorageFull'].includes(name)
  return isFull ? new AppError('storage_full', { log: message, cause: error }) : error
}
