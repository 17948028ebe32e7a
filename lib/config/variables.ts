import { availableParallelism, totalmem } from 'node:os'
import * as z from 'zod'
import { TRACE_SAMPLERS } from '../tracing/trace-sampler.ts'
import { SANDBOXES } from '../vocabulary/sandboxes.ts'

const RAM_PER_SLOT = 1.5 * 2 ** 30
const defaultSlots = Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / RAM_PER_SLOT)))

const whole = (min: number, max: number) =>
  z.coerce
    .number(`a whole number from ${min} to ${max}`)
    .int(`a whole number from ${min} to ${max}`)
    .min(min, `a whole number from ${min} to ${max}`)
    .max(max, `a whole number from ${min} to ${max}`)
const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values, `one of: ${values.join(', ')}`)

const httpAddress = (example: string) =>
  z.string().regex(/^https?:\/\/[^@\s]+$/, `an address such as ${example}, without a password`)

/** Every variable with its default. The README's tables list these names. */
export const VARIABLES = z.object({
  PORT: whole(1, 65535).default(3000).describe('Port of the web page and the API.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; `0.0.0.0` for all.'),
  DATA_DIR: z.string().default('./.nightshift').describe('Database, files, engine profiles and secrets.'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'a URL such as postgresql://user:password@host:5432/name')
    .optional()
    .describe('PostgreSQL to use; unset: an embedded one under DATA_DIR.'),
  STORAGE: z
    .string()
    .regex(
      /^(local|file:\/\/\/.*|s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w./-]*)?)$/,
      'local, file:///path, or s3://bucket/prefix',
    )
    .default('local')
    .describe(
      'Where files lie: `local` is DATA_DIR/files; `file:///path`; or `s3://bucket/prefix`, on AWS or any server that speaks S3.',
    ),
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'a URL such as https://s3.example.org' })
    .optional()
    .describe('The address of another server that speaks S3; unset: AWS.'),
  DOWNLOADS: oneOf('web', 'storage')
    .default('web')
    .describe(
      'Who sends results: `web`, the web process; or `storage`, the bucket of STORAGE itself by links that work for five minutes. Browsers must reach it then.',
    ),
  JOBS: oneOf('postgres', 'dynamodb')
    .default('postgres')
    .describe(
      'Where jobs are kept: `postgres`, or `dynamodb`, which needs no PostgreSQL; without DATABASE_URL saved presets are then off.',
    ),
  EVENTS: oneOf('postgres', 'sns')
    .optional()
    .describe(
      'What carries changes of jobs to web processes: `postgres`, or `sns`, Amazon SNS with a queue for each process. Unset: `sns` where JOBS is `dynamodb`, else `postgres`.',
    ),
  QUEUE: oneOf('postgres', 'rabbitmq', 'azure', 'sqs')
    .optional()
    .describe(
      'What brings jobs to workers: `postgres`; `rabbitmq`, a broker; `azure`, the queues of an Azure storage account; or `sqs`, Amazon SQS. Unset: `sqs` where JOBS is `dynamodb`, else `postgres`.',
    ),
  AMQP_URL: z
    .url({
      protocol: /^amqps?$/,
      error: 'a URL such as amqp://user:password@host:5672/vhost, or amqps://… for TLS',
    })
    .optional()
    .describe(
      'The broker of QUEUE=rabbitmq, such as `amqps://user:password@host/vhost`; each Nightshift needs its own virtual host.',
    ),
  AZURE_STORAGE_CONNECTION_STRING: z
    .string()
    .min(1)
    .optional()
    .describe('The storage account of QUEUE=azure: a connection string from its page “Access keys”.'),
  AZURE_QUEUE_PREFIX: z
    .string()
    .regex(/^[a-z0-9](-?[a-z0-9]){0,39}$/, 'up to 40 small letters, digits and single hyphens between them')
    .default('nightshift')
    .describe('How the names of its queues begin; each Nightshift on one account needs its own.'),
  AWS_REGION: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, 'a region such as eu-central-1')
    .optional()
    .describe(
      'The region of the services of AWS; unset: that of the AWS configuration file. Credentials come from where the SDK of AWS looks: the environment, that file, or the role of the machine.',
    ),
  AWS_PREFIX: z
    .string()
    .regex(/^[a-z0-9](-?[a-z0-9]){0,39}$/, 'up to 40 small letters, digits and single hyphens between them')
    .default('nightshift')
    .describe('How the names of its table, topic and queues on AWS begin; each Nightshift needs its own.'),
  LAMBDA_SLOTS: whole(0, 10_000)
    .default(0)
    .describe(
      'Jobs that functions of AWS Lambda may run side by side: the most at a time that their event source allows. Web processes count them as workers that are ready, also while none runs.',
    ),
  LAMBDA_ISOLATION: oneOf('function-role')
    .optional()
    .describe(
      'What isolates documents in a function of AWS Lambda where no sandbox can be had: `function-role`, one LibreOffice for each file and a role that reaches nothing but this Nightshift’s bucket, queues, table and topic. A file that takes over LibreOffice could reach those, and files after it. Unset: such a function takes no jobs.',
    ),
  POLL_SECONDS: z.coerce
    .number('a number of seconds from 0.5 to 60')
    .min(0.5, 'a number of seconds from 0.5 to 60')
    .max(60, 'a number of seconds from 0.5 to 60')
    .default(2)
    .describe('How often a worker looks for jobs when no event reaches it.'),
  SLOTS: whole(1, 64)
    .default(defaultSlots)
    .describe(
      'Jobs that run side by side; by default the number of cores, at most one for each 1.5 GB of memory.',
    ),
  ENGINE: oneOf('warm', 'spawn')
    .default('warm')
    .describe(
      'What converts: `warm` keeps a LibreOffice running for each slot and tells real progress, `spawn` starts one for each file.',
    ),
  ENGINE_REUSE: oneOf('always', 'owner', 'never')
    .default('always')
    .describe(
      '`owner`: no LibreOffice sees files of two owners; `never`: none sees two files. Slower, since more of them are started.',
    ),
  ENGINE_MAX_DOCS: whole(1, 1_000_000)
    .default(200)
    .describe('Files after which a warm LibreOffice is replaced by a fresh one.'),
  ENGINE_MAX_RSS_MB: whole(200, 1_000_000)
    .default(900)
    .describe('Memory in MB above which a warm LibreOffice is replaced after its file.'),
  SPLIT_DOCUMENTS: oneOf('true', 'false')
    .default('true')
    .describe(
      '`true` converts a long presentation, drawing or workbook by two LibreOffice processes at once while slots are free; `false` by one, whose result is some percent smaller.',
    ),
  ENGINE_ROOT: z
    .string()
    .regex(/^(machine|own|\/.+)$/, 'machine, own, or the path of a tree that “nightshift engine” names')
    .optional()
    .describe(
      'Which LibreOffice converts: `machine`, the installed one; `own`, one in a folder of its own, fetched by apt without root; or the path of such a folder. Unset: the installed one, or `own` where it is incomplete and only root could install it.',
    ),
  FONTS_DIR: z
    .string()
    .optional()
    .describe('Folder of fonts of your own, used beside the machine’s; unset: none.'),
  SANDBOX: oneOf('auto', ...SANDBOXES)
    .default('auto')
    .describe(
      'What LibreOffice runs in: `auto` takes `bwrap` (bubblewrap), or `landlock` where a container forbids that; `off` lets a hostile document read this machine’s files: only for documents you made yourself.',
    ),
  QUEUE_LIMIT: whole(1, 1_000_000)
    .default(1000)
    .describe('Waiting jobs beyond which new ones are refused with 503.'),
  MAX_UPLOAD_MB: whole(1, 1_000_000).default(512).describe('Largest file taken.'),
  UPLOAD_HOURS: whole(1, 8_760)
    .default(24)
    .describe('Hours after which an upload that was not finished is deleted.'),
  UPLOAD_STALL_S: whole(1, 3_600)
    .default(30)
    .describe('Seconds over which an upload must bring 1 KB a second, else it is cut.'),
  OWNER_UPLOADS: whole(1, 1_000_000)
    .default(500)
    .describe('Uploads that one person or program may have open at a time.'),
  OWNER_WAITING: whole(1, 1_000_000)
    .default(500)
    .describe('Jobs that one person or program may have waiting; more are refused with 429.'),
  DISK_RESERVE_MB: whole(0, 1_000_000_000)
    .default(500)
    .describe('Space in MB that is left on the disk: what would not fit beside it is refused with 507.'),
  WATCH_ROOT: z
    .string()
    .optional()
    .describe(
      'Folder whose folders are watched: what is put into `<folder>/in` is converted into `<folder>/out`. Unset: none.',
    ),
  MAX_ATTEMPTS: whole(1, 20).default(3).describe('Tries before a job counts as failed.'),
  CPU_LIMIT_S: whole(1, 86_400)
    .default(900)
    .describe('Most processor time in seconds that a conversion may use.'),
  TIME_LIMIT_S: whole(1, 86_400)
    .default(3600)
    .describe('Longest conversion in seconds, however busy the machine is.'),
  STALL_LIMIT_S: whole(1, 86_400)
    .default(60)
    .describe(
      'Seconds without progress and without use of the processor after which a conversion is stopped.',
    ),
  MEMORY_LIMIT_MB: whole(300, 1_000_000)
    .default(3000)
    .describe('Most memory in MB that a conversion may take.'),
  RESULT_LIMIT_MB: whole(1, 1_000_000).default(1000).describe('Largest result in MB.'),
  RETENTION_HOURS: whole(1, 87_600).default(24).describe('Hours after which files are deleted.'),
  HISTORY_DAYS: whole(1, 36_500).default(30).describe('Days after which a job is forgotten.'),
  WEBHOOK_ALLOW_PRIVATE: oneOf('false', 'true')
    .default('false')
    .describe(
      '`true` lets webhooks reach addresses of this machine and of private networks, which whoever sends a file may name: only where you trust them all.',
    ),
  SECRET: z
    .string()
    .min(32, 'at least 32 characters')
    .optional()
    .describe('Signs cookies; unset: made once under DATA_DIR.'),
  ADMIN_TOKEN: z
    .string()
    .min(16, 'at least 16 characters')
    .optional()
    .describe('For the operator’s calls; unset: made once under DATA_DIR and printed at the first start.'),
  OPERATOR_TOKEN: z
    .string()
    .min(16, 'at least 16 characters')
    .optional()
    .describe(
      'For whoever may look but not act, such as a Prometheus that reads `/metrics`; unset: only ADMIN_TOKEN does.',
    ),
  PUBLIC_URL: z
    .url('a URL such as https://convert.example.org')
    .optional()
    .describe(
      'Address that browsers use, when a proxy stands in front; without a path, or with BASE_PATH as its path.',
    ),
  BASE_PATH: z
    .string()
    .regex(/^(\/[\w~-][\w.~-]*)+$/, 'a path such as /convert, without a slash at its end')
    .optional()
    .describe(
      'Path below which all of Nightshift lies, such as `/convert`, which a proxy must not take away; unset: none. Probes also reach `/healthz`, `/readyz` and `/metrics` without it.',
    ),
  TRUST_PROXY: whole(0, 20)
    .default(0)
    .describe(
      'How many proxies stand in front: so many `X-Forwarded-For`, `-Host` and `-Proto` are believed. Nobody else may reach Nightshift past them.',
    ),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent')
    .default('info')
    .describe('How much is logged.'),
  LOG_FORMAT: oneOf('pretty', 'json')
    .optional()
    .describe(
      '`pretty` for people, `json` for log collectors; unset: `pretty` in a terminal, `json` elsewhere.',
    ),
  LOG_FILE_MB: whole(0, 10_000)
    .default(10)
    .describe(
      'Size in MB at which a file of the log is renamed, and the one before it deleted; each process keeps at most two in DATA_DIR/logs, as JSON. 0: none.',
    ),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpAddress('http://localhost:4318')
    .optional()
    .describe(
      'Where traces go, by OTLP over HTTP as JSON: a collector or Jaeger, to whose address `/v1/traces` is added; unset: none are made.',
    ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpAddress('http://localhost:4318/v1/traces')
    .optional()
    .describe('The same for traces alone: the whole address, with its path.'),
  OTEL_SERVICE_NAME: z.string().default('nightshift').describe('What this Nightshift is called in traces.'),
  OTEL_TRACES_SAMPLER: oneOf(...TRACE_SAMPLERS)
    .default('parentbased_always_on')
    .describe(
      'Which traces are recorded, by OpenTelemetry’s names: `always_on`, `always_off` or `traceidratio`; with `parentbased_` in front a sender’s `traceparent` decides where there is one.',
    ),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number('a number from 0 to 1')
    .min(0, 'a number from 0 to 1')
    .max(1, 'a number from 0 to 1')
    .default(1)
    .describe('The share of traces that `traceidratio` records, from 0 to 1.'),
})
