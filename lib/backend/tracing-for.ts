import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import { createOtlpTracing } from '../tracing/otlp-tracing.ts'
import type { Tracing } from '../tracing.ts'

/** What OpenTelemetry's semantic conventions call those that they know. */
const MESSAGING_SYSTEMS = {
  postgres: 'pg_boss',
  rabbitmq: 'rabbitmq',
  azure: 'azure_queue_storage',
  sqs: 'aws_sqs',
} as const satisfies Record<Config['queue'], string>

/** Undefined where no setting says where traces go. */
export function tracingFor({ tracing, queue }: Config, log: Logger): Tracing | undefined {
  return tracing && createOtlpTracing({ ...tracing, messagingSystem: MESSAGING_SYSTEMS[queue] }, log)
}
