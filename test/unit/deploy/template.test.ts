import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { resourceNames } from '#lib/aws/resource-names.ts'
import { VARIABLES } from '#lib/config/variables.ts'
import { readConfig } from '#lib/config.ts'
import { tableInput } from '#lib/jobs/stores/dynamodb-store/table-schema.ts'
import { MESSAGE_RETENTION_S, MOST_RECEIVES } from '#lib/queues/sqs-queue/queue-attributes.ts'

interface Statement {
  Effect: string
  Action: string | string[]
  Resource: unknown
}

const read = (name: string) => JSON.parse(readFileSync(`deploy/aws/${name}`, 'utf8'))
const { Resources: RESOURCES, Parameters: PARAMETERS } = read('nightshift.template.json')
const CALLS: Record<string, Record<string, string[]>> = read('calls.json')
const NAMES = resourceNames('${Prefix}')

/** What AWS itself does in the name of the function: it receives, connects to the subnets and writes the log. */
const OF_LAMBDA = [
  ...['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'].map(
    action => `${action} on queue`,
  ),
  ...['logs:CreateLogStream', 'logs:PutLogEvents'].map(action => `${action} on FunctionLogs`),
  ...['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'].map(
    onAccount,
  ),
  ...['ec2:DescribeSubnets', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'].map(onAccount),
]

function onAccount(action: string): string {
  return `${action} on account`
}

describe('the template of AWS', () => {
  it('has the table that the product would make', () => {
    const { TableName, ...properties } = RESOURCES.Table.Properties
    assert.deepEqual({ TableName: TableName['Fn::Sub'], ...properties }, tableInput(NAMES.table))
  })

  it('has the queues and the topic by the names that the product looks for, with what it would make them with', () => {
    const { Queue, WebhookQueue, UnreadableQueue, Topic } = RESOURCES
    const all = [Queue, WebhookQueue, UnreadableQueue]
    assert.deepEqual(
      [...all.map(({ Properties }) => Properties.QueueName), Topic.Properties.TopicName],
      [NAMES.queue, NAMES.webhookQueue, NAMES.unreadable, NAMES.topic].map(name => ({ 'Fn::Sub': name })),
    )
    for (const { Properties } of all)
      assert.equal(Properties.MessageRetentionPeriod, MESSAGE_RETENTION_S)
    for (const { Properties } of [Queue, WebhookQueue])
      assert.deepEqual(Properties.RedrivePolicy, {
        deadLetterTargetArn: { 'Fn::GetAtt': ['UnreadableQueue', 'Arn'] },
        maxReceiveCount: MOST_RECEIVES,
      })
  })

  it('hides a message for as long as the function may work on it', () => {
    assert.ok(RESOURCES.Queue.Properties.VisibilityTimeout >= RESOURCES.Function.Properties.Timeout)
  })

  it('counts the function as workers with as many slots as the event source lets run', () => {
    const { MaximumConcurrency } = RESOURCES.EventSource.Properties.ScalingConfig
    assert.deepEqual(environmentOfWeb().LAMBDA_SLOTS, MaximumConcurrency)
  })

  for (const role of ['web', 'function'])
    it(`lets the ${role} do what it was recorded doing, and nothing else`, () => {
      const id = { web: 'WebRole', function: 'FunctionRole' }[role] ?? ''
      const recorded = Object.entries(CALLS[role] ?? {}).flatMap(([resource, actions]) =>
        actions.map(action => `${action} on ${resource}`),
      )
      const own = role === 'function' ? OF_LAMBDA : []
      assert.deepEqual(allowedBy(id).sort(), [...new Set([...recorded, ...own])].sort())
    })

  it('lets neither make or change buckets, tables, policies or roles', () => {
    const allowed = [...allowedBy('WebRole'), ...allowedBy('FunctionRole')].join('\n')
    assert.doesNotMatch(allowed, /\*:|:\*|iam:|CreateBucket|CreateTable|Put\w*Policy|Set\w*Attributes/)
  })

  it('sets only variables that exist, to values that are taken', () => {
    for (const environment of [environmentOfWeb(), environmentOfFunction()]) {
      assert.deepEqual(
        Object.keys(environment).filter(name => !(name in VARIABLES.shape)),
        [],
      )
      const { storage, jobs, queue, events } = readConfig({ ...texts(environment), ...SECRETS })
      assert.deepEqual([storage.kind, jobs, queue, events], ['s3', 'dynamodb', 'sqs', 'sns'])
    }
  })

  it('is small enough to be sent from a file', () => {
    assert.ok(readFileSync('deploy/aws/nightshift.template.json').byteLength <= 51_200)
  })

  it('has limits of sizes that the settings take', () => {
    for (const [parameter, variable] of [
      ['MaxUploadMb', 'MAX_UPLOAD_MB'],
      ['ResultLimitMb', 'RESULT_LIMIT_MB'],
    ] as const)
      assert.equal(PARAMETERS[parameter].Default, VARIABLES.shape[variable].parse(undefined))
  })
})

const SECRETS = { SECRET: 's'.repeat(48), ADMIN_TOKEN: 'a'.repeat(48) }

function environmentOfWeb(): Record<string, unknown> {
  const [container] = RESOURCES.WebTask.Properties.ContainerDefinitions
  return Object.fromEntries(
    container.Environment.map(({ Name, Value }: { Name: string; Value: unknown }) => [Name, Value]),
  )
}

function environmentOfFunction(): Record<string, unknown> {
  return RESOURCES.Function.Properties.Environment.Variables
}

/** With what CloudFormation would put in, as far as the settings are checked by it. */
function texts(environment: Record<string, unknown>): Record<string, string> {
  const known: Record<string, string> = { 'AWS::Region': 'eu-central-1', Bucket: 'nightshift-files' }
  const text = (value: unknown): string => {
    if (typeof value === 'string') return value
    const { Ref, 'Fn::Join': join, 'Fn::If': branches } = value as Record<string, never>
    if (Ref) return known[Ref] ?? String(PARAMETERS[Ref].Default)
    if (join) return (join[1] as unknown[]).map(text).join('')
    return branches ? text(branches[2]) : 'name.example.org'
  }
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, text(value)]))
}

/** What a role allows, as `action on resource`. */
function allowedBy(role: string): string[] {
  const statements: Statement[] = RESOURCES[role].Properties.Policies.flatMap(
    ({ PolicyDocument }: { PolicyDocument: { Statement: Statement[] } }) => PolicyDocument.Statement,
  )
  const allowed = statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, Resource }) => [Action].flat().map(action => `${action} on ${nameOf(Resource)}`))
  return [...new Set(allowed)]
}

/** A resource as `calls.json` names it. */
function nameOf(arn: unknown): string {
  if (Array.isArray(arn)) return arn.map(nameOf).at(-1) ?? ''
  if (arn === '*') return 'account'
  const { 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::Sub': text, Ref } = arn as Record<string, never>
  if (attribute) return NAMED[attribute[0]] ?? attribute[0]
  if (Ref) return NAMED[Ref] ?? Ref
  if (text) return NAMED[text] ?? text
  const [first, ...rest] = (join?.[1] ?? []) as unknown[]
  const name = nameOf(first) + rest.join('')
  return NAMED[name] ?? name
}

const NAMED: Record<string, string> = {
  ...{ Bucket: 'bucket', Queue: 'queue', WebhookQueue: 'webhook queue', UnreadableQueue: 'unreadable', Table: 'table', Topic: 'topic' },
  ...{ 'table/index/*': 'indexes', 'topic:*': 'subscriptions' },
  [`arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:${NAMES.nodeQueues}*`]: 'node queues',
}
