/**
 * The only reader of the environment. It also reads a `.env` file beside package.json; the environment takes
 * precedence. Everything is checked once, at start, and an error names each wrong variable and its valid values.
 */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { loadEnvFile } from 'node:process'
import { parseEnv } from 'node:util'
import type { z } from 'zod'
import { CHECKED } from './config/checks.ts'
import { type DescribedSetting, describedSettings, isSecretSetting } from './config/described-settings.ts'
import type { VARIABLES } from './config/variables.ts'
import { dataPathsOf, isClosed } from './data-paths.ts'

export type Config = ReturnType<typeof toConfig>

/** A setting that cannot be used. The message is for the operator and names every wrong variable. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/**
 * Reads and checks the configuration.
 * @throws ConfigError naming each wrong variable, its value and the valid values
 */
export function readConfig(environment: Record<string, string | undefined> = readEnvironment()): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = CHECKED.safeParse(set)
  if (parsed.success) return toConfig(parsed.data)
  const lines = parsed.error.issues.map(issue => {
    const name = String(issue.path[0])
    const value = environment[name]
    const shown = !value ? 'not set' : isSecretSetting(name) ? '(not shown)' : JSON.stringify(value)
    return `${name} is ${shown}: it must be ${issue.message}.`
  })
  throw new ConfigError(lines.join('\n'))
}

/**
 * The folder for what can be fetched again, shared by all checkouts of this user. As root it must be open to the user of
 * the sandbox.
 */
export function cacheFolder(
  environment: Record<string, string | undefined> = process.env,
  isRoot = process.getuid?.() === 0,
): string {
  const { XDG_CACHE_HOME } = environment
  const folder = XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), '.cache')
  return isRoot && isClosed(folder) ? '/var/cache' : folder
}

/** All settings of this process as an operator reads them. */
export function readSettings(config: Config): DescribedSetting[] {
  const { queue, events } = config
  return describedSettings({
    environment: readEnvironment(),
    file: readEnvFile(),
    derived: { QUEUE: queue, EVENTS: events },
  })
}

/** The environment for a child process: this one's, with `changes` on top. */
export function environmentWith(changes: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes }
}

function readEnvironment(): NodeJS.ProcessEnv {
  try {
    loadEnvFile()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return process.env
}

function readEnvFile(): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync('.env', 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return {}
  }
}

function toConfig(v: z.infer<typeof VARIABLES>) {
  const dataDir = resolve(v.DATA_DIR)
  return {
    port: v.PORT,
    host: v.HOST,
    dataDir,
    databaseUrl: v.DATABASE_URL,
    storage: storageOf(v, dataDir),
    downloads: v.DOWNLOADS,
    jobs: v.JOBS,
    events: v.EVENTS ?? (v.JOBS === 'dynamodb' ? 'sns' : 'postgres'),
    queue: v.QUEUE ?? (v.JOBS === 'dynamodb' ? 'sqs' : 'postgres'),
    aws: { region: v.AWS_REGION, prefix: v.AWS_PREFIX },
    lambda: { slots: v.LAMBDA_SLOTS, isolation: v.LAMBDA_ISOLATION },
    amqpUrl: v.AMQP_URL,
    azureConnectionString: v.AZURE_STORAGE_CONNECTION_STRING,
    azureQueuePrefix: v.AZURE_QUEUE_PREFIX,
    pollSeconds: v.POLL_SECONDS,
    adminToken: v.ADMIN_TOKEN,
    operatorToken: v.OPERATOR_TOKEN,
    slots: v.SLOTS,
    engine: v.ENGINE,
    engineReuse: v.ENGINE_REUSE,
    engineMaxDocs: v.ENGINE_MAX_DOCS,
    engineMaxRssBytes: v.ENGINE_MAX_RSS_MB * 1_000_000,
    splitDocuments: v.SPLIT_DOCUMENTS === 'true',
    engineRoot: v.ENGINE_ROOT,
    fontsDir: v.FONTS_DIR === undefined ? undefined : resolve(v.FONTS_DIR),
    sandbox: v.SANDBOX,
    queueLimit: v.QUEUE_LIMIT,
    maxUploadBytes: v.MAX_UPLOAD_MB * 1_000_000,
    uploadMs: v.UPLOAD_HOURS * 3_600_000,
    uploadStallMs: v.UPLOAD_STALL_S * 1000,
    ownerUploads: v.OWNER_UPLOADS,
    ownerWaiting: v.OWNER_WAITING,
    diskReserveBytes: v.DISK_RESERVE_MB * 1_000_000,
    maxAttempts: v.MAX_ATTEMPTS,
    cpuLimitMs: v.CPU_LIMIT_S * 1000,
    timeLimitMs: v.TIME_LIMIT_S * 1000,
    stallLimitMs: v.STALL_LIMIT_S * 1000,
    memoryLimitBytes: v.MEMORY_LIMIT_MB * 1_000_000,
    resultLimitBytes: v.RESULT_LIMIT_MB * 1_000_000,
    retentionMs: v.RETENTION_HOURS * 3_600_000,
    historyMs: v.HISTORY_DAYS * 86_400_000,
    watchRoot: v.WATCH_ROOT === undefined ? undefined : resolve(v.WATCH_ROOT),
    webhookAllowPrivate: v.WEBHOOK_ALLOW_PRIVATE === 'true',
    secret: v.SECRET,
    publicUrl: v.PUBLIC_URL,
    basePath: v.BASE_PATH ?? '',
    trustProxy: v.TRUST_PROXY,
    log: { level: v.LOG_LEVEL, format: v.LOG_FORMAT },
    tracing: tracingOf(v),
    logFiles: { folder: dataPathsOf(dataDir).logs, fileBytes: v.LOG_FILE_MB * 1_000_000 },
  }
}

/** Where traces go and which; undefined where nobody wants any. */
function tracingOf(v: z.infer<typeof VARIABLES>) {
  const base = v.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/$/, '')
  const url = v.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? (base && `${base}/v1/traces`)
  if (!url) return undefined
  const sampler = { name: v.OTEL_TRACES_SAMPLER, ratio: v.OTEL_TRACES_SAMPLER_ARG }
  return { url, serviceName: v.OTEL_SERVICE_NAME, sampler }
}

/** A folder, or a bucket with the beginning of its keys, which ends in a slash or is empty. */
export type StorageLocation =
  | { kind: 'local'; folder: string }
  | { kind: 's3'; bucket: string; prefix: string; endpoint: string | undefined }

function storageOf({ STORAGE, S3_ENDPOINT }: z.infer<typeof VARIABLES>, dataDir: string): StorageLocation {
  if (STORAGE === 'local') return { kind: 'local', folder: resolve(dataDir, 'files') }
  const { protocol, host, pathname } = new URL(STORAGE)
  if (protocol === 'file:') return { kind: 'local', folder: pathname }
  const prefix = pathname.replace(/^\/+/, '').replace(/[^/]$/, '$&/')
  return { kind: 's3', bucket: host, prefix, endpoint: S3_ENDPOINT }
}
