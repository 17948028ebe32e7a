/**
 * The contract of tracing: spans, from every process to whoever collects them. All spans of a job are of one trace,
 * because its row carries a trace context. A process that records none has no `Tracing` at all.
 */

/** Whether the span is of this process alone, a call to another service, or about a message: its making or its handling. */
export type SpanKind = 'internal' | 'client' | 'producer' | 'consumer'

/** By the semantic conventions of OpenTelemetry where they have a name; never a name of a file. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>

export interface SpanStart {
  /** One of few. */
  name: string
  /** Unset: `internal`. */
  kind?: SpanKind
  /** The trace context of the span that it is part of, as W3C `traceparent`; unset or null: it begins a trace. */
  parent?: string | null | undefined
  /** Unset: now. */
  startedAt?: Date | undefined
  attributes?: SpanAttributes
}

export interface SpanEnd {
  /** Unset: now. */
  endedAt?: Date | undefined
  /** A code of the error table, or another word of few; unset: it went well. */
  errorType?: string | undefined
  attributes?: SpanAttributes
}

/** A span under way. One that is never ended is never told. */
export interface TraceSpan {
  /** Its trace context, as W3C `traceparent`: for those that are part of it. */
  readonly traceparent: string
  end(end?: SpanEnd): void
}

export interface Tracer {
  start(span: SpanStart): TraceSpan
}

/** Recording never waits for whoever collects; where that one is away, spans are lost. */
export interface Tracing {
  /** Loads what records spans, once; undefined where that is impossible, which the log says. Never rejects. */
  tracer(): Promise<Tracer | undefined>
  /** Resolves when all ended spans are out, or lost, after some seconds at the most. */
  flush(): Promise<void>
  /** The same; nothing is recorded afterwards. */
  close(): Promise<void>
}
