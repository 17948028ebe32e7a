import { AppError } from '#lib/vocabulary/errors.ts'
import { type Engine, withConvert } from './engine.ts'
import { ProcessorTime } from './watchdog/processor-time.ts'

/**
 * The same engine with a limit of `limitMs` milliseconds of wall time per conversion, for all its programs together:
 * the last resort for what no other limit detects. All programs add to one count of processor time.
 */
export function withTimeLimit(engine: Engine, limitMs: number): Engine {
  return withConvert(engine, async conversion => {
    const over = new AbortController()
    const seconds = Math.round(limitMs / 1000)
    const timer = setTimeout(() => over.abort(new AppError('time_limit', { details: { seconds } })), limitMs)
    const signal = AbortSignal.any([conversion.signal, over.signal])
    try {
      return await engine.convert({ ...conversion, signal, processor: new ProcessorTime() })
    } finally {
      clearTimeout(timer)
    }
  })
}
