import { Fn, type Stack } from 'aws-cdk-lib'
import type { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2'
import type { CfnRole } from 'aws-cdk-lib/aws-iam'
import { CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda'
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs'
import type { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager'
import { FUNCTION_DISK_MB, FUNCTION_TIMEOUT_S } from './function-limits.ts'
import type { Network } from './network.ts'
import type { Parameters } from './parameters.ts'
import type { Queues } from './queues.ts'
import type { Secrets } from './secrets.ts'
import type { Settings } from './settings.ts'

export interface FunctionOptions {
  network: Network
  group: CfnSecurityGroup
  role: CfnRole
  logs: CfnLogGroup
  queues: Queues
  secrets: Secrets
  settings: Settings
  parameters: Parameters
}

/** The function that converts, in the closed subnets: its environment holds no way into the internet. */
export function addFunction(stack: Stack, options: FunctionOptions): CfnFunction {
  const { network, group, role, logs, secrets, settings, parameters } = options
  const converter = new CfnFunction(stack, 'Function', {
    ...{ packageType: 'Image', code: { imageUri: parameters.FunctionImage.valueAsString } },
    ...{
      role: role.attrArn,
      timeout: FUNCTION_TIMEOUT_S,
      memorySize: parameters.FunctionMemoryMb.valueAsNumber,
    },
    ephemeralStorage: { size: FUNCTION_DISK_MB },
    loggingConfig: { logGroup: logs.ref },
    vpcConfig: { subnetIds: network.closed.map(subnet => subnet.ref), securityGroupIds: [group.ref] },
    // CloudFormation puts the value in. The function itself could not reach Secrets Manager.
    environment: {
      variables: { ...settings, LAMBDA_ISOLATION: 'function-role', SECRET: secretValue(secrets.secret) },
    },
  })
  addEventSource(stack, converter, options)
  return converter
}

function secretValue(secret: CfnSecret): string {
  return Fn.sub(`{{resolve:secretsmanager:\${${secret.node.id}}}}`)
}

/** One document at a time, and only failed messages come again. */
function addEventSource(stack: Stack, converter: CfnFunction, { queues, parameters }: FunctionOptions): void {
  new CfnEventSourceMapping(stack, 'EventSource', {
    ...{ eventSourceArn: queues.queue.attrArn, functionName: converter.ref, batchSize: 1 },
    functionResponseTypes: ['ReportBatchItemFailures'],
    scalingConfig: { maximumConcurrency: parameters.MaximumConcurrency.valueAsNumber },
  })
}
