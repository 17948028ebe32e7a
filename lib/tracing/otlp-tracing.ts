import type { Logger } from '../log.ts'
import type { Tracer, Tracing } from '../tracing.ts'
import type { OtlpProvider, OtlpTracingOptions } from './otlp-tracing/otlp-provider.ts'

export type { OtlpTracingOptions } from './otlp-tracing/otlp-provider.ts'

/**
 * Tracing by OpenTelemetry, whose library is loaded for the first span: no start waits for it. The library also reads
 * the standard variables for headers, limits and the like.
 */
export function createOtlpTracing(options: OtlpTracingOptions, log: Logger): Tracing {
  let loading: Promise<OtlpProvider | undefined> | undefined
  const load = () => {
    loading ??= import('./otlp-tracing/otlp-provider.ts')
      .then(({ openOtlpProvider }) => openOtlpProvider(options, log))
      .catch(error => {
        log.error({ err: error }, 'traces are not recorded: the library for them cannot be loaded')
        return undefined
      })
    return loading
  }
  return {
    tracer: async (): Promise<Tracer | undefined> => (await load())?.tracer,
    // Where nothing was recorded there is nothing to load it for.
    flush: async () => (await loading)?.flush(),
    close: async () => (await loading)?.close(),
  }
}
