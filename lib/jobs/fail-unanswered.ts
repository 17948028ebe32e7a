import { AppError } from '../vocabulary/errors.ts'
import { announce } from './announce.ts'
import type { JobPorts } from './ports.ts'

/** Fails the jobs whose files are to be deleted before their senders added what they needed. */
export async function failUnanswered(ports: JobPorts, now: Date): Promise<void> {
  const { store } = ports
  const error = new AppError('password_missing').toStoredError()
  for (const id of await store.unanswered(now))
    await announce(ports, await store.failIfUnanswered(id, { expiredBefore: now, error }))
}
