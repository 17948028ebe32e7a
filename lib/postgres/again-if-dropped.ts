import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../vocabulary/errors.ts'

const LOST_CONNECTION =
  /57P0[123]|not currently accepting connections|P1001|P1017|P2024|ECONNREFUSED|ECONNRESET|Connection terminated|connection.*closed/i

/** No connection in time. A retry would not get one sooner. */
const OUT_OF_TIME = /timeout exceeded when trying to connect|P2028/

/** Pauses before the retries, in milliseconds: a pool with dead connections needs a moment to notice them. */
const PAUSES_MS = [50, 250]

/**
 * Runs `statement`, and again when its connection dates from before a database restart.
 * @throws AppError `database_down` when the last try finds no database either
 */
export async function againIfDropped<T>(statement: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await statement()
    } catch (error) {
      if (!isLostConnection(error)) throw downIfOutOfTime(error)
      await wait(pause)
    }
  }
  return statement().catch(error => {
    throw isLostConnection(error) ? down(error) : downIfOutOfTime(error)
  })
}

function downIfOutOfTime(error: unknown): unknown {
  return OUT_OF_TIME.test(messagesOf(error)) ? down(error) : error
}

function down(error: unknown): AppError {
  return new AppError('database_down', { cause: error, log: String(error) })
}

function isLostConnection(error: unknown): boolean {
  return LOST_CONNECTION.test(messagesOf(error))
}

function messagesOf(error: unknown): string {
  return String((error as { code?: string }).code) + String(error)
}
