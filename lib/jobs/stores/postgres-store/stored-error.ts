import type { JobError, StoredError } from '../../../vocabulary/job.ts'

/** Reads the error of a row that any version wrote: those before the details stored finished sentences. */
export function readError(stored: unknown): StoredError | null {
  const error = stored as StoredError | JobError | null
  if (!error || isStored(error)) return error
  const { code, message, nextStep, retryable } = error
  return { code, details: {}, retryable, sentences: { message, nextStep } }
}

function isStored(error: StoredError | JobError): error is StoredError {
  return !('nextStep' in error)
}
