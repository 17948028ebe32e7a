import { Readable } from 'node:stream'
import { pino } from 'pino'
import { jobPrefix } from '#lib/jobs.ts'
import { openS3Storage } from '#lib/storage/s3-storage.ts'
import { type BackEnd, type OpenBackEnd, POSTGRES } from './back-end.ts'
import { openDynalite } from './dynalite.ts'
import { openFauxqsBroker } from './fauxqs/fauxqs-broker.ts'
import { openFauxqs } from './fauxqs.ts'
import { recordedBackEnd } from './proof/deploy/recorded-back-end.ts'
import { WHY_NO_RADOSGW } from './radosgw/why-no-radosgw.ts'
import { Radosgw } from './radosgw.ts'

const JOBS_QUEUE = 'nightshift-convert'
const SILENT = pino({ level: 'silent' })

/** Files in a bucket of an S3 server of its own. Its keys are taken by the other emulators as well. */
async function openBucket(): Promise<OpenBackEnd> {
  const server = await Radosgw.open()
  const { endpoint, region, credentials } = server
  const at = { bucket: await server.makeBucket(), prefix: 'files/' }
  const storage = await openS3Storage({ ...at, endpoint, region, credentials, log: SILENT })
  return {
    async filesOf(id) {
      const keys = await Readable.from(storage.list(jobPrefix(id))).toArray()
      return keys.map((key: string) => key.slice(jobPrefix(id).length)).sort()
    },
    env: {
      STORAGE: `s3://${at.bucket}/${at.prefix}`,
      S3_ENDPOINT: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    close: () => server.close(),
  }
}

const S3: BackEnd = {
  name: 'PostgreSQL with S3',
  hasBroker: false,
  skip: WHY_NO_RADOSGW,
  async open() {
    const [database, bucket] = [await POSTGRES.open(), await openBucket()]
    return {
      ...bucket,
      env: { ...database.env, ...bucket.env },
      async close() {
        await database.close()
        await bucket.close()
      },
    }
  },
}

/** No PostgreSQL at all. */
const AWS: BackEnd = {
  name: 'S3, SQS, DynamoDB and SNS',
  hasBroker: true,
  skip: WHY_NO_RADOSGW,
  async open({ restarts = false } = {}) {
    const [bucket, fauxqs] = [await openBucket(), await openFauxqs({ durable: restarts })]
    const dynalite = await openDynalite()
    return {
      ...bucket,
      env: {
        ...bucket.env,
        JOBS: 'dynamodb',
        AWS_ENDPOINT_URL_SQS: fauxqs.client.endpoint,
        AWS_ENDPOINT_URL_SNS: fauxqs.client.endpoint,
        AWS_ENDPOINT_URL_DYNAMODB: dynalite.endpoint,
      },
      broker: await openFauxqsBroker(fauxqs, JOBS_QUEUE),
      async close() {
        await fauxqs.close()
        await dynalite.close()
        await bucket.close()
      },
    }
  },
}

/** What the suites that take a back end run over in the proof of AWS, and in that of its deployment. */
export const AWS_BACK_ENDS: readonly BackEnd[] = process.env.TEST_AWS_CALLS
  ? [recordedBackEnd(AWS, process.env.TEST_AWS_CALLS)]
  : [S3, AWS]
