import type { KillReason } from '#lib/metrics/work-fact.ts'
import { AppError, asAppError, type ErrorCode } from '#lib/vocabulary/errors.ts'

const LIMITS: readonly ErrorCode[] = ['cpu_limit', 'stalled', 'out_of_memory', 'result_too_large']

/** Why a conversion ended its process by this error; undefined where the process need not have ended. */
export function killReasonOf(error: unknown, { aborted, reason }: AbortSignal): KillReason | undefined {
  if (aborted) {
    // The limit of its whole time aborts from outside.
    if (reason instanceof AppError) return 'limit'
    return reason === 'lost' || reason === 'stopping' ? reason : 'cancelled'
  }
  const { code } = asAppError(error)
  if (LIMITS.includes(code)) return 'limit'
  return code === 'engine_crashed' ? 'crash' : undefined
}
