/** What the adapter uses of OpenTelemetry's packages, which are installed only where the settings ask for traces. */
import nodeModule from 'node:module'

export interface OtelSpanContext {
  traceId: string
  spanId: string
  traceFlags: number
  isRemote?: boolean
}

export type OtelContext = Readonly<{ context: symbol }>
type Attributes = Readonly<Record<string, string | number | boolean>>

export interface OtelSpan {
  spanContext(): OtelSpanContext
  setAttributes(attributes: Attributes): unknown
  setStatus(status: { code: number }): unknown
  end(endedAt?: Date): void
}

export interface OtelTracer {
  startSpan(
    name: string,
    options: { kind: number; startTime?: Date; attributes: Attributes },
    context: OtelContext,
  ): OtelSpan
}

interface ApiPackage {
  ROOT_CONTEXT: OtelContext
  SpanKind: Readonly<Record<'INTERNAL' | 'CLIENT' | 'PRODUCER' | 'CONSUMER', number>>
  SpanStatusCode: Readonly<{ ERROR: number }>
  trace: { setSpanContext(context: OtelContext, spanContext: OtelSpanContext): OtelContext }
}

export interface ExportResult {
  /** 0: it went well. */
  code: number
  error?: Error | undefined
}

export interface SpanExporter {
  export(spans: unknown[], onResult: (result: ExportResult) => void): void
  forceFlush?(): Promise<void>
  shutdown(): Promise<void>
}

export type Sampler = Readonly<{ shouldSample: unknown }>
type SpanProcessor = Readonly<{ onEnd: unknown }>

export interface TracerProvider {
  getTracer(name: string, version?: string): OtelTracer
  forceFlush(): Promise<void>
  shutdown(): Promise<void>
}

export interface SdkPackage {
  TracerProvider: new (options: {
    sampler: Sampler
    resource: Resource
    spanProcessors: SpanProcessor[]
  }) => TracerProvider
  BatchSpanProcessor: new (options: {
    exporter: SpanExporter
    scheduledDelayMillis: number
    maxQueueSize: number
  }) => SpanProcessor
  AlwaysOnSampler: new () => Sampler
  AlwaysOffSampler: new () => Sampler
  TraceIdRatioBasedSampler: new (ratio: number) => Sampler
  ParentBasedSampler: new (options: { root: Sampler }) => Sampler
}

interface ExporterPackage {
  OTLPTraceExporter: new (options: { url: string }) => SpanExporter
}

interface Resource {
  merge(other: Resource): Resource
}

interface ResourcesPackage {
  defaultResource(): Resource
  resourceFromAttributes(attributes: Attributes): Resource
  detectResources(options: { detectors: unknown[] }): Resource
  envDetector: unknown
}

export interface OtelPackages {
  api: ApiPackage
  sdk: SdkPackage
  exporter: ExporterPackage
  resources: ResourcesPackage
}

/**
 * The packages lie beside this file, also where it is part of a bundle, whose files declare `createRequire` themselves.
 * @throws Error when they are not installed
 */
export function loadOtelPackages(): OtelPackages {
  const load = nodeModule.createRequire(import.meta.url)
  return {
    api: load('@opentelemetry/api'),
    sdk: load('@opentelemetry/sdk-trace'),
    exporter: load('@opentelemetry/exporter-trace-otlp-http'),
    resources: load('@opentelemetry/resources'),
  }
}
