import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { ConfigError, cacheFolder, readConfig } from '#lib/config.ts'

const refuses = (environment: Record<string, string>, name: string) =>
  assert.throws(
    () => readConfig(environment),
    (error: Error) => error instanceof ConfigError && error.message.startsWith(`${name} is `),
    JSON.stringify(environment),
  )

describe('the configuration of what stands in front', () => {
  it('trusts no proxy and has no base path by default', () => {
    const { trustProxy, basePath } = readConfig({})
    assert.deepEqual([trustProxy, basePath], [0, ''])
  })

  it('takes a number of proxies, and nothing else', () => {
    assert.equal(readConfig({ TRUST_PROXY: '2' }).trustProxy, 2)
    for (const TRUST_PROXY of ['on', '-1', '1.5', '10.0.0.1']) refuses({ TRUST_PROXY }, 'TRUST_PROXY')
  })

  it('takes a path that begins with a slash and does not end with one', () => {
    for (const BASE_PATH of ['/convert', '/tools/night-shift_2.0'])
      assert.equal(readConfig({ BASE_PATH }).basePath, BASE_PATH)
    for (const BASE_PATH of ['/', 'convert', '/convert/', '//convert', '/a/../b', '/a b', '/a?b'])
      refuses({ BASE_PATH }, 'BASE_PATH')
  })

  it('refuses a PUBLIC_URL that says another path than BASE_PATH', () => {
    const [host, path] = ['https://example.org', '/convert']
    for (const PUBLIC_URL of [host, `${host}/`, host + path, `${host + path}/`])
      assert.equal(readConfig({ PUBLIC_URL, BASE_PATH: path }).publicUrl, PUBLIC_URL)
    refuses({ PUBLIC_URL: `${host}/other`, BASE_PATH: path }, 'PUBLIC_URL')
    refuses({ PUBLIC_URL: host + path }, 'PUBLIC_URL')
  })
})

describe('the configuration of the files', () => {
  it('takes a folder, or a bucket with the beginning of its keys', () => {
    assert.deepEqual(readConfig({ STORAGE: 'file:///srv/files' }).storage, {
      kind: 'local',
      folder: '/srv/files',
    })
    const S3_ENDPOINT = 'http://127.0.0.1:9000'
    const at = (STORAGE: string) => readConfig({ STORAGE, S3_ENDPOINT }).storage
    const bucket = { kind: 's3', bucket: 'my-bucket', endpoint: S3_ENDPOINT }
    assert.deepEqual(at('s3://my-bucket'), { ...bucket, prefix: '' })
    for (const address of ['s3://my-bucket/a/b', 's3://my-bucket/a/b/'])
      assert.deepEqual(at(address), { ...bucket, prefix: 'a/b/' })
    for (const STORAGE of ['s3://', 's3://My_Bucket/a', 'https://bucket.example.org', 'files'])
      refuses({ STORAGE }, 'STORAGE')
    refuses({ DOWNLOADS: 'storage' }, 'DOWNLOADS')
    assert.equal(readConfig({ DOWNLOADS: 'storage', STORAGE: 's3://my-bucket' }).downloads, 'storage')
  })
})

describe('the configuration of jobs on AWS', () => {
  it('takes SQS and SNS for jobs in DynamoDB, and PostgreSQL for others', () => {
    const chosen = (environment: Record<string, string>) => {
      const { jobs, queue, events } = readConfig(environment)
      return [jobs, queue, events]
    }
    assert.deepEqual(chosen({}), ['postgres', 'postgres', 'postgres'])
    assert.deepEqual(chosen({ JOBS: 'dynamodb' }), ['dynamodb', 'sqs', 'sns'])
    assert.deepEqual(chosen({ QUEUE: 'sqs', EVENTS: 'sns' }), ['postgres', 'sqs', 'sns'])
  })

  it('refuses a queue or events in a PostgreSQL that the jobs are not in', () => {
    refuses({ JOBS: 'dynamodb', QUEUE: 'postgres' }, 'QUEUE')
    refuses({ JOBS: 'dynamodb', EVENTS: 'postgres' }, 'EVENTS')
  })

  it('takes a region and a prefix as AWS writes them', () => {
    const { aws } = readConfig({ AWS_REGION: 'eu-central-1', AWS_PREFIX: 'night-2' })
    assert.deepEqual(aws, { region: 'eu-central-1', prefix: 'night-2' })
    for (const AWS_REGION of ['Frankfurt', 'eu-central', 'EU-CENTRAL-1'])
      refuses({ AWS_REGION }, 'AWS_REGION')
    for (const AWS_PREFIX of ['Night', 'a--b', '-a', 'a_b']) refuses({ AWS_PREFIX }, 'AWS_PREFIX')
  })
})

describe('the configuration of the queue', () => {
  it('takes a RabbitMQ with its URL, and does not show it', () => {
    const AMQP_URL = 'amqps://user:password@host:5671/vhost'
    const { queue, amqpUrl } = readConfig({ QUEUE: 'rabbitmq', AMQP_URL })
    assert.deepEqual([queue, amqpUrl], ['rabbitmq', AMQP_URL])
    for (const url of ['', 'host:5672', 'http://user:password@host', 'amqp'])
      refuses({ QUEUE: 'rabbitmq', AMQP_URL: url }, 'AMQP_URL')
    assert.throws(
      () => readConfig({ QUEUE: 'rabbitmq', AMQP_URL: 'http://user:password@host' }),
      (error: Error) => !error.message.includes('password@host is') && !error.message.includes('http://'),
    )
  })

  it('takes an Azure storage account with its connection string, and does not show it', () => {
    const AZURE_STORAGE_CONNECTION_STRING = 'UseDevelopmentStorage=true'
    const set = { QUEUE: 'azure', AZURE_STORAGE_CONNECTION_STRING }
    const { queue, azureConnectionString, azureQueuePrefix } = readConfig(set)
    assert.deepEqual(
      [queue, azureConnectionString, azureQueuePrefix],
      ['azure', AZURE_STORAGE_CONNECTION_STRING, 'nightshift'],
    )
    refuses({ QUEUE: 'azure' }, 'AZURE_STORAGE_CONNECTION_STRING')
    assert.throws(() => readConfig({ QUEUE: 'azure' }), /is not set: it must be a connection string/)
    for (const AZURE_QUEUE_PREFIX of ['Big', 'two--hyphens', '-first', 'last-', 'a_b', 'a'.repeat(41)])
      refuses({ ...set, AZURE_QUEUE_PREFIX }, 'AZURE_QUEUE_PREFIX')
  })
})

describe('the configuration of the engine’s root', () => {
  it('takes the machine, a tree of its own or the path of one, and nothing else', () => {
    assert.equal(readConfig({}).engineRoot, undefined)
    for (const ENGINE_ROOT of ['machine', 'own', '/srv/tree'])
      assert.equal(readConfig({ ENGINE_ROOT }).engineRoot, ENGINE_ROOT)
    for (const ENGINE_ROOT of ['tree', './tree', 'Own']) refuses({ ENGINE_ROOT }, 'ENGINE_ROOT')
  })

  it('takes no tree without bubblewrap, which alone can show it', () => {
    for (const SANDBOX of ['landlock', 'off']) {
      assert.equal(readConfig({ SANDBOX, ENGINE_ROOT: 'machine' }).engineRoot, 'machine')
      for (const ENGINE_ROOT of ['own', '/srv/tree']) refuses({ SANDBOX, ENGINE_ROOT }, 'ENGINE_ROOT')
    }
  })
})

describe('the folder for what can be fetched again', () => {
  it('is the one that XDG_CACHE_HOME names, where that is absolute', () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/tmp' }, false), '/tmp')
    for (const XDG_CACHE_HOME of ['', 'cache', undefined])
      assert.match(cacheFolder({ XDG_CACHE_HOME }, false), /\/\.cache$/)
  })

  it('is for root one that the user of the sandbox can enter', () => {
    const closed = mkdtempSync(join(tmpdir(), 'cache-'))
    assert.equal(cacheFolder({ XDG_CACHE_HOME: closed }, true), '/var/cache')
    assert.equal(cacheFolder({ XDG_CACHE_HOME: closed }, false), closed)
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/tmp' }, true), '/tmp')
    rmSync(closed, { recursive: true })
  })
})

describe('the tokens of the operator', () => {
  it('are two different ones', () => {
    const [ADMIN_TOKEN, OPERATOR_TOKEN] = ['may-look-and-act-too', 'may-look-but-not-act']
    const { adminToken, operatorToken } = readConfig({ ADMIN_TOKEN, OPERATOR_TOKEN })
    assert.deepEqual([adminToken, operatorToken], [ADMIN_TOKEN, OPERATOR_TOKEN])
    assert.equal(readConfig({ OPERATOR_TOKEN }).operatorToken, OPERATOR_TOKEN)
    refuses({ ADMIN_TOKEN, OPERATOR_TOKEN: ADMIN_TOKEN }, 'OPERATOR_TOKEN')
    refuses({ OPERATOR_TOKEN: 'short' }, 'OPERATOR_TOKEN')
  })
})

describe('the configuration of traces', () => {
  it('makes none where nothing says where they go', () => {
    assert.equal(readConfig({ OTEL_SERVICE_NAME: 'converter' }).tracing, undefined)
  })

  it('adds the path of traces to the address for everything, and takes that for traces as it is', () => {
    const urlOf = (environment: Record<string, string>) => readConfig(environment).tracing?.url
    const OTEL_EXPORTER_OTLP_TRACES_ENDPOINT = 'https://traces.example.org/otlp'
    for (const OTEL_EXPORTER_OTLP_ENDPOINT of ['http://collector:4318', 'http://collector:4318/']) {
      assert.equal(urlOf({ OTEL_EXPORTER_OTLP_ENDPOINT }), 'http://collector:4318/v1/traces')
      const both = { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT }
      assert.equal(urlOf(both), OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)
    }
    for (const OTEL_EXPORTER_OTLP_ENDPOINT of ['collector:4318', 'grpc://collector', 'http://me:password@h'])
      refuses({ OTEL_EXPORTER_OTLP_ENDPOINT }, 'OTEL_EXPORTER_OTLP_ENDPOINT')
  })

  it('records all traces of senders that want it and of those that say nothing, or a share', () => {
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://collector:4318'
    const samplerOf = (environment: Record<string, string>) =>
      readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT, ...environment }).tracing?.sampler
    assert.deepEqual(samplerOf({}), { name: 'parentbased_always_on', ratio: 1 })
    const share = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' }
    assert.deepEqual(samplerOf(share), { name: 'traceidratio', ratio: 0.25 })
    refuses({ OTEL_TRACES_SAMPLER: 'sometimes' }, 'OTEL_TRACES_SAMPLER')
    refuses({ OTEL_TRACES_SAMPLER_ARG: '2' }, 'OTEL_TRACES_SAMPLER_ARG')
  })
})
