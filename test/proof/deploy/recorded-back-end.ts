import { appendFileSync } from 'node:fs'
import { readConfig } from '#lib/config.ts'
import type { BackEnd, OpenBackEnd } from '#test/back-end.ts'
import { callsOfBucket, callsOfForm, callsOfTarget, type IamCall, type ServiceRequest } from './iam-calls.ts'
import { openRecordingProxy } from './recording-proxy.ts'
import { makeTemplateResources } from './template-resources.ts'

const NAME_ROLE = new URL('name-role.js', import.meta.url).href

/**
 * A back end on AWS whose resources are those of the template, with a proxy before each service that writes every call
 * into a file: a line `role action resource` for each that is new.
 */
export function recordedBackEnd(backEnd: BackEnd, file: string): BackEnd {
  return {
    ...backEnd,
    async open(options) {
      const opened = await backEnd.open(options)
      return record(opened, recorderTo(file))
    },
  }
}

type Record = (request: ServiceRequest, calls: readonly IamCall[]) => void

function recorderTo(file: string): Record {
  const written = new Set<string>()
  return ({ headers }, calls) => {
    const [, role] = / app\/(web|function)\b/.exec(headers['user-agent'] ?? '') ?? []
    if (!role) return // The test itself.
    for (const { action, resource } of calls) {
      const line = `${role}\t${action}\t${resource}\n`
      if (!written.has(line)) appendFileSync(file, line)
      written.add(line)
    }
  }
}

async function record(opened: OpenBackEnd, write: Record): Promise<OpenBackEnd> {
  const { env } = opened
  const { aws, storage } = readConfig(env)
  const keysBegin = storage.kind === 's3' ? storage.prefix : ''
  await makeTemplateResources(accessOf(env), aws.prefix)
  const proxies = {
    S3_ENDPOINT: await openRecordingProxy({
      ...{ endpoint: env.S3_ENDPOINT ?? '', hasFiles: true },
      onRequest: request => write(request, callsOfBucket(request, keysBegin)),
    }),
    AWS_ENDPOINT_URL_SQS: await openRecordingProxy({
      endpoint: env.AWS_ENDPOINT_URL_SQS ?? '',
      onRequest: request => write(request, callsOfTarget(request, aws.prefix)),
    }),
    AWS_ENDPOINT_URL_SNS: await openRecordingProxy({
      endpoint: env.AWS_ENDPOINT_URL_SNS ?? '',
      onRequest: request => write(request, callsOfForm(request)),
    }),
    AWS_ENDPOINT_URL_DYNAMODB: await openRecordingProxy({
      endpoint: env.AWS_ENDPOINT_URL_DYNAMODB ?? '',
      onRequest: request => write(request, callsOfTarget(request, aws.prefix)),
    }),
  }
  const endpoints = Object.entries(proxies).map(([name, { endpoint }]) => [name, endpoint])
  return {
    ...opened,
    env: { ...env, ...Object.fromEntries(endpoints), NODE_OPTIONS: `--import ${NAME_ROLE}` },
    async close() {
      for (const proxy of Object.values(proxies)) proxy.close()
      await opened.close()
    },
  }
}

function accessOf(env: OpenBackEnd['env']) {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = env
  return {
    messaging: env.AWS_ENDPOINT_URL_SQS ?? '',
    table: env.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    region: env.AWS_REGION ?? '',
    credentials: { accessKeyId, secretAccessKey },
  }
}
