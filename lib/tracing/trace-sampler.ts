/** By the names that OpenTelemetry gives them for `OTEL_TRACES_SAMPLER`. */
export const TRACE_SAMPLERS = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const

/** What decides which traces are recorded. */
export interface TraceSampler {
  name: (typeof TRACE_SAMPLERS)[number]
  /** The share of them, from 0 to 1. */
  ratio: number
}
