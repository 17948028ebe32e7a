import { AppError } from '#lib/vocabulary/errors.ts'
import { type Engine, withConvert } from './engine.ts'
import { ProcessorTime } from './watchdog/processor-time.ts'

/**
 * The same engine, of which no conversion takes longer than `limitMs` by the clock, however many programs work for it:
 * the last net, for what no other limit sees. All of them add to one count of processor time.
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
