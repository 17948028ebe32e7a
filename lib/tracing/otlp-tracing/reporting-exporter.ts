import type { Logger } from '../../log.ts'
import type { SpanExporter } from './opentelemetry.ts'

/** So long the log says no second time that spans are lost, in milliseconds. */
const SAY_AGAIN_AFTER_MS = 300_000

/** The same exporter; the log says that spans are lost, now and then, and when they arrive again. */
export function reportingExporter(exporter: SpanExporter, log: Logger): SpanExporter {
  let saidAt = Number.NEGATIVE_INFINITY
  let lost = 0

  function failed(spans: number, reason: string): void {
    lost += spans
    if (performance.now() - saidAt < SAY_AGAIN_AFTER_MS) return
    saidAt = performance.now()
    log.warn({ reason, lost }, 'traces cannot be sent; jobs go on without them')
  }

  function arrived(): void {
    if (lost > 0) log.info({ lost }, 'traces are sent again')
    lost = 0
    saidAt = Number.NEGATIVE_INFINITY
  }

  return {
    export(spans, onResult) {
      exporter.export(spans, result => {
        if (result.code === 0) arrived()
        else failed(spans.length, result.error?.message || 'unknown')
        onResult(result)
      })
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  }
}
