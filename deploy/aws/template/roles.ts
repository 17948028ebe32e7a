import { Fn, type Stack } from 'aws-cdk-lib'
import type { CfnRole } from 'aws-cdk-lib/aws-iam'
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs'
import { acceptedOf, addRole, type Resources, type Statement, statementsOf } from './permissions.ts'

/** What the web process does with its resources. */
export function addWebRole(stack: Stack, resources: Resources): CfnRole {
  return addRole(stack, 'WebRole', {
    ...{ service: 'ecs-tasks.amazonaws.com', statements: statementsOf('web', resources) },
    accepted: acceptedOf('web'),
  })
}

/** What the function does, and what Lambda does in its name: receiving, its connection to the subnets, and its log. */
export function addFunctionRole(stack: Stack, resources: Resources, logs: CfnLogGroup): CfnRole {
  return addRole(stack, 'FunctionRole', {
    service: 'lambda.amazonaws.com',
    statements: [
      ...statementsOf('function', resources),
      {
        ...{ Effect: 'Allow', Resource: resources.queue.attrArn },
        Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      },
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logs.attrArn },
      { Effect: 'Allow', Action: INTERFACE_ACTIONS, Resource: '*' },
      onlyByLambdaItself(),
    ],
    accepted: {
      ...acceptedOf('function'),
      '*': 'Lambda’s network interfaces have no names; the code may not.',
    },
  })
}

const INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
]

/** Calls of the running code have the name of the function, those of Lambda have none. */
function onlyByLambdaItself(): Statement {
  const functions = Fn.sub('arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*')
  return {
    ...{ Effect: 'Deny', Action: INTERFACE_ACTIONS, Resource: '*' },
    Condition: { ArnLike: { 'lambda:SourceFunctionArn': functions } },
  }
}
