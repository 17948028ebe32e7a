import { readFileSync } from 'node:fs'
import { Fn, type Stack } from 'aws-cdk-lib'
import type { CfnTable } from 'aws-cdk-lib/aws-dynamodb'
import { CfnRole } from 'aws-cdk-lib/aws-iam'
import type { CfnBucket } from 'aws-cdk-lib/aws-s3'
import type { CfnTopic } from 'aws-cdk-lib/aws-sns'
import { resourceNames } from '../../../lib/aws/resource-names.ts'
import { acceptRule } from './accepted-rules.ts'
import type { Queues } from './queues.ts'

export interface Resources extends Queues {
  bucket: CfnBucket
  table: CfnTable
  topic: CfnTopic
}

export type RoleName = 'web' | 'function'

/** For each role and resource, the actions that the calls of a recorded run need. */
type RecordedCalls = Record<RoleName, Record<string, string[]>>

export interface Statement {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Action: readonly string[]
  Resource: unknown
  Condition?: unknown
}

const ARN_OF_NODE_QUEUES = `arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:${resourceNames('${Prefix}').nodeQueues}*`
const CALLS: RecordedCalls = JSON.parse(readFileSync(new URL('../calls.json', import.meta.url), 'utf8'))

/** What a role may do: exactly the calls that were recorded of it. @throws Error for calls on an unknown resource */
export function statementsOf(role: RoleName, resources: Resources): Statement[] {
  return Object.entries(CALLS[role]).map(([resource, actions]) => ({
    ...{ Effect: 'Allow', Action: actions, Resource: arnsOf(resource, resources) },
  }))
}

/** The wildcards of a role’s calls as cdk-nag names them, each with its reason. */
export function acceptedOf(role: RoleName): Record<string, string> {
  const known: Record<string, [finding: string, reason: string]> = {
    'node queues': [ARN_OF_NODE_QUEUES.replace(/\$\{(.*?)\}/g, '<$1>'), 'Each process names its own queue.'],
    indexes: ['<Table.Arn>/index/*', 'All indexes of the one table are asked.'],
    subscriptions: ['<Topic>:*', 'SNS names them.'],
    account: ['*', 'SQS lists the queues of the whole account, or none.'],
  }
  const found = Object.keys(CALLS[role]).map(resource =>
    resource.startsWith('bucket/')
      ? ([resource.replace('bucket', '<Bucket.Arn>'), 'Files are named by jobs and uploads.'] as const)
      : known[resource],
  )
  return Object.fromEntries(found.filter(each => each !== undefined))
}

function arnsOf(
  resource: string,
  { bucket, queue, webhookQueue, unreadable, table, topic }: Resources,
): unknown {
  if (resource.startsWith('bucket/')) return Fn.join('', [bucket.attrArn, resource.slice('bucket'.length)])
  const known: Record<string, unknown> = {
    bucket: bucket.attrArn,
    queue: queue.attrArn,
    'webhook queue': webhookQueue.attrArn,
    unreadable: unreadable.attrArn,
    'node queues': Fn.sub(ARN_OF_NODE_QUEUES),
    table: table.attrArn,
    indexes: Fn.join('', [table.attrArn, '/index/*']),
    topic: topic.ref,
    // A subscription is named below its topic.
    subscriptions: [topic.ref, Fn.join('', [topic.ref, ':*'])],
    // Listing queues is allowed for all of an account or not at all.
    account: '*',
  }
  if (!(resource in known))
    throw new Error(`calls.json has calls on ${resource}, which the template does not know`)
  return known[resource]
}

export interface RoleOptions {
  /** The service that works in its name. */
  service: string
  statements: readonly Statement[]
  /** The wildcards in it as cdk-nag names them, each with its reason. */
  accepted: Readonly<Record<string, string>>
}

export function addRole(stack: Stack, id: string, { service, statements, accepted }: RoleOptions): CfnRole {
  const role = new CfnRole(stack, id, {
    assumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    },
    policies: [
      { policyName: 'what-it-does', policyDocument: { Version: '2012-10-17', Statement: statements } },
    ],
  })
  for (const [wildcard, reason] of Object.entries(accepted))
    acceptRule(role, `AwsSolutions-IAM5[Resource::${wildcard}]`, reason)
  return role
}
