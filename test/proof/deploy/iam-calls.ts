import type { IncomingHttpHeaders } from 'node:http'
import { resourceNames } from '#lib/aws/resource-names.ts'

/** A request to a service of AWS as its emulator gets it. The body is empty where it is a file. */
export interface ServiceRequest {
  method: string
  /** Path and query. */
  url: string
  headers: IncomingHttpHeaders
  body: string
}

/** An action, and what it is allowed on as `deploy/aws/calls.json` names it. */
export interface IamCall {
  action: string
  resource: string
}

type Fields = Record<string, unknown>

/** How the names of actions differ from those of operations; the others are the same. */
const ACTIONS: Record<string, string> = {
  'sqs:SendMessageBatch': 'sqs:SendMessage',
  'sqs:DeleteMessageBatch': 'sqs:DeleteMessage',
}

/** What a role must be allowed for a call of SQS or DynamoDB, which name the operation in a header. */
export function callsOfTarget({ headers, body }: ServiceRequest, prefix: string): IamCall[] {
  const [service = '', operation = ''] = String(headers['x-amz-target']).split('.')
  const fields = JSON.parse(body) as Fields
  if (service !== 'AmazonSQS')
    return [{ action: `dynamodb:${operation}`, resource: fields.IndexName ? 'indexes' : 'table' }]
  const action = ACTIONS[`sqs:${operation}`] ?? `sqs:${operation}`
  const resource = operation === 'ListQueues' ? 'account' : queueOf(fields, prefix)
  const isTagged = operation === 'CreateQueue' && fields.tags !== undefined
  return [{ action, resource }, ...(isTagged ? [{ action: 'sqs:TagQueue', resource }] : [])]
}

/** The same for SNS, which gets its operation in a form. */
export function callsOfForm({ body }: ServiceRequest): IamCall[] {
  const fields = new URLSearchParams(body)
  const operation = fields.get('Action') ?? ''
  const resource = fields.has('SubscriptionArn') ? 'subscriptions' : 'topic'
  return [{ action: `sns:${operation}`, resource: operation === 'ListTopics' ? 'account' : resource }]
}

function queueOf({ QueueUrl, QueueName }: Fields, prefix: string): string {
  const names = resourceNames(prefix)
  const name = String(QueueName ?? String(QueueUrl).split('/').at(-1))
  if (name === names.queue) return 'queue'
  if (name === names.webhookQueue) return 'webhook queue'
  if (name === names.unreadable) return 'unreadable'
  if (name.startsWith(names.nodeQueues)) return 'node queues'
  throw new Error(`there is no queue “${name}” in the template`)
}

/** The same for S3, by the path `/bucket/key`. `keysBegin` is left out of the keys. */
export function callsOfBucket({ method, url, headers }: ServiceRequest, keysBegin: string): IamCall[] {
  const { pathname, searchParams } = new URL(url, 'http://bucket')
  const key = keyOf(pathname, keysBegin)
  if (key === '') return [{ action: `s3:${bucketAction(method, searchParams)}`, resource: 'bucket' }]
  const call = { action: `s3:${objectAction(method, searchParams)}`, resource: filesOf(key) }
  const source = headers['x-amz-copy-source']
  if (source === undefined) return [call]
  const copied = keyOf(`/${String(source).replace(/^\//, '')}`, keysBegin)
  return [call, { action: 's3:GetObject', resource: filesOf(copied) }]
}

function keyOf(pathname: string, keysBegin: string): string {
  const key = pathname.split('/').slice(2).map(decodeURIComponent).join('/')
  return key.startsWith(keysBegin) ? key.slice(keysBegin.length) : key
}

/** All files in the same folder at the top. */
function filesOf(key: string): string {
  return `bucket/${key.split('/')[0]}/*`
}

function bucketAction(method: string, query: URLSearchParams): string {
  if (query.has('uploads')) return 'ListBucketMultipartUploads'
  if (query.has('delete')) return 'DeleteObject'
  return { GET: 'ListBucket', HEAD: 'ListBucket', PUT: 'CreateBucket' }[method] ?? `${method} of a bucket`
}

function objectAction(method: string, query: URLSearchParams): string {
  if (query.has('uploadId') && method === 'DELETE') return 'AbortMultipartUpload'
  if (query.has('uploadId') && method === 'GET') return 'ListMultipartUploadParts'
  const actions: Record<string, string> = {
    ...{ GET: 'GetObject', HEAD: 'GetObject', PUT: 'PutObject', POST: 'PutObject', DELETE: 'DeleteObject' },
  }
  return actions[method] ?? `${method} of an object`
}
