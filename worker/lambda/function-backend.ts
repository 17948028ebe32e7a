import { type EventSource, openFunctionSource } from '#lib/backend/function-source.ts'
import { type Backend, openBackend } from '#lib/backend.ts'
import { type Config, ConfigError } from '#lib/config.ts'
import { type Logger, openLog } from '#lib/log.ts'

/** What a function keeps from one invocation to the next, besides its engine. */
export interface FunctionBackend extends Pick<Backend, 'jobs' | 'storage' | 'tracing'> {
  config: Config
  /** Decrypts sealed passwords. */
  secret: string
  source: EventSource
  log: Logger
  close(): Promise<void>
}

/** @throws ConfigError when the settings or the services cannot be used */
export async function openFunctionBackend(config: Config): Promise<FunctionBackend> {
  const { secret } = config
  // One that this process made would open no password that a web process sealed.
  if (!secret) throw new ConfigError('SECRET is not set: a function needs that of the web processes.')
  const log = openLog('function', config.log)
  const source = await openFunctionSource(config, log)
  try {
    const { close, jobs, storage, tracing } = await openBackend(config, log)
    const used = { jobs, storage, tracing }
    return { config, secret, source, log, ...used, close: () => close().finally(source.close) }
  } catch (error) {
    source.close()
    throw error
  }
}
