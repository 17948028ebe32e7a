import { hostname } from 'node:os'
import type { Logger } from '../../log.ts'
import type { SpanKind, Tracer } from '../../tracing.ts'
import { formatTraceparent, parseTraceparent } from '../trace-context.ts'
import type { TraceSampler } from '../trace-sampler.ts'
import { loadOtelPackages, type OtelPackages, type OtelSpan, type OtelTracer } from './opentelemetry.ts'
import { reportingExporter } from './reporting-exporter.ts'
import { samplerOf } from './sampler-of.ts'

/** A job is short, and who looks at its trace does not want to wait. In milliseconds. */
const SEND_EVERY_MS = 1_000
/** So many ended spans may wait; those beyond are lost. */
const MOST_WAITING = 4_096
/** A stop waits no longer for whoever collects, in milliseconds. */
const FLUSH_MS = 2_000

export interface OtlpTracingOptions {
  /** Where spans go, by OTLP over HTTP as JSON. */
  url: string
  serviceName: string
  sampler: TraceSampler
  /** What carries the messages of jobs, by the semantic conventions. */
  messagingSystem: string
}

/** The library at work. */
export interface OtlpProvider {
  tracer: Tracer
  /** @see Tracing */
  flush(): Promise<void>
  close(): Promise<void>
}

/** @throws Error when the packages are not installed */
export function openOtlpProvider(options: OtlpTracingOptions, log: Logger): OtlpProvider {
  const packages = loadOtelPackages()
  const { sdk, exporter } = packages
  const processor = new sdk.BatchSpanProcessor({
    exporter: reportingExporter(new exporter.OTLPTraceExporter({ url: options.url }), log),
    scheduledDelayMillis: SEND_EVERY_MS,
    maxQueueSize: MOST_WAITING,
  })
  const provider = new sdk.TracerProvider({
    sampler: samplerOf(options.sampler, sdk),
    resource: resourceOf(options, packages),
    spanProcessors: [processor],
  })
  return {
    tracer: tracerOf(provider.getTracer('nightshift'), { packages, ...options }),
    flush: () => withinLimit(provider.forceFlush()),
    close: () => withinLimit(provider.shutdown()),
  }
}

function resourceOf({ serviceName }: OtlpTracingOptions, { resources }: OtelPackages) {
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = resources
  return defaultResource()
    .merge(detectResources({ detectors: [envDetector] }))
    .merge(
      resourceFromAttributes({
        'service.name': serviceName,
        'service.instance.id': `${hostname()}-${process.pid}`,
        'host.name': hostname(),
        'process.pid': process.pid,
      }),
    )
}

const KINDS = { internal: 'INTERNAL', client: 'CLIENT', producer: 'PRODUCER', consumer: 'CONSUMER' } as const
const ABOUT_MESSAGES: readonly SpanKind[] = ['producer', 'consumer']

function tracerOf(
  tracer: OtelTracer,
  { packages: { api }, messagingSystem }: OtlpTracingOptions & { packages: OtelPackages },
): Tracer {
  const contextOf = (parent: string | null | undefined) => {
    const { flags, ...ids } = parseTraceparent(parent) ?? {}
    if (!('traceId' in ids)) return api.ROOT_CONTEXT
    return api.trace.setSpanContext(api.ROOT_CONTEXT, { ...ids, traceFlags: flags ?? 0, isRemote: true })
  }
  return {
    start({ name, kind = 'internal', parent, startedAt, attributes = {} }) {
      const system = ABOUT_MESSAGES.includes(kind) ? { 'messaging.system': messagingSystem } : {}
      const span = tracer.startSpan(
        name,
        {
          kind: api.SpanKind[KINDS[kind]],
          ...(startedAt && { startTime: startedAt }),
          attributes: { ...attributes, ...system },
        },
        contextOf(parent),
      )
      return {
        traceparent: traceparentOf(span),
        end({ endedAt, errorType, attributes: more = {} } = {}) {
          span.setAttributes({ ...more, ...(errorType !== undefined && { 'error.type': errorType }) })
          if (errorType !== undefined) span.setStatus({ code: api.SpanStatusCode.ERROR })
          span.end(endedAt)
        },
      }
    },
  }
}

function traceparentOf(span: OtelSpan): string {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return formatTraceparent({ traceId, spanId, flags: traceFlags })
}

/** Whoever cannot be reached is in the log already. */
async function withinLimit(work: Promise<void>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, FLUSH_MS)
  await Promise.race([work.catch(() => {}), over])
  clearTimeout(timer)
}
