import { randomUUID } from 'node:crypto'
import type { Job } from '../jobs.ts'
import { AppError } from '../vocabulary/errors.ts'
import type { StoredError } from '../vocabulary/job.ts'
import { announce } from './announce.ts'
import type { JobPorts } from './ports.ts'
import type { LeaseToken } from './store.ts'

/** How often a sender is asked again after a wrong password; with the next wrong one the job has failed. */
const MOST_ASKED_AGAIN = 5

/** The question that follows an attempt with this error; undefined where the job is not to be asked about. */
export function questionAfter({ timeline }: Job, error: StoredError): StoredError | undefined {
  if (error.code === 'password_required') return error
  if (error.code !== 'wrong_password') return undefined
  // A user's retry begins anew.
  const since = timeline.findLastIndex(({ outcome }) => outcome === 'failed')
  const asked = timeline.slice(since + 1).filter(({ errorCode }) => errorCode === 'wrong_password').length
  const left = MOST_ASKED_AGAIN - asked
  return left > 0 ? new AppError('password_asked_again', { details: { left } }).toStoredError() : undefined
}

/** Ends an attempt that lacked the right password: the job stays queued, without a message, until it is answered. */
export async function ask(
  ports: JobPorts,
  token: LeaseToken,
  { question, error }: { question: StoredError; error: StoredError },
): Promise<Job | undefined> {
  const asked = {
    needs: 'password',
    error: question,
    errorCode: error.code,
    messageId: randomUUID(),
  } as const
  return announce(ports, await ports.store.askIfStillLeased(token, asked))
}
