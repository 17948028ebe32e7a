import { Fn, type Stack } from 'aws-cdk-lib'
import { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs'
import type { CfnRole } from 'aws-cdk-lib/aws-iam'
import { acceptRule } from './accepted-rules.ts'
import { addLogs } from './logs.ts'
import type { Parameters } from './parameters.ts'
import { addRole } from './permissions.ts'
import type { Secrets } from './secrets.ts'
import { WEB_PORT } from './security-groups.ts'
import type { Settings } from './settings.ts'

export interface WebTaskOptions {
  role: CfnRole
  secrets: Secrets
  settings: Settings
  parameters: Parameters
  /** The address that browsers use. */
  origin: string
}

/** One web process: its image, settings and secrets. */
export function addWebTask(
  stack: Stack,
  { role, secrets, settings, parameters, origin }: WebTaskOptions,
): CfnTaskDefinition {
  const logs = addLogs(stack, 'WebLogs', 'web')
  const environment = {
    ...settings,
    AWS_REGION: Fn.ref('AWS::Region'),
    HOST: '0.0.0.0',
    PORT: String(WEB_PORT),
    TRUST_PROXY: '1',
    PUBLIC_URL: origin,
    LAMBDA_SLOTS: parameters.MaximumConcurrency.valueAsString,
  }
  const task = new CfnTaskDefinition(stack, 'WebTask', {
    ...{ family: Fn.sub('${Prefix}-web'), requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc' },
    ...{ cpu: '512', memory: '1024', taskRoleArn: role.attrArn },
    executionRoleArn: addStartRole(stack, secrets, logs.attrArn).attrArn,
    containerDefinitions: [
      {
        ...{ name: 'web', image: parameters.WebImage.valueAsString, essential: true },
        portMappings: [{ containerPort: WEB_PORT }],
        environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
        secrets: [
          { name: 'SECRET', valueFrom: secrets.secret.ref },
          { name: 'ADMIN_TOKEN', valueFrom: secrets.adminToken.ref },
        ],
        stopTimeout: 30,
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': logs.ref,
            'awslogs-region': Fn.ref('AWS::Region'),
            'awslogs-stream-prefix': 'web',
          },
        },
      },
    ],
  })
  acceptRule(
    task,
    'AwsSolutions-ECS2',
    'They are names and limits; the two secrets come from Secrets Manager.',
  )
  return task
}

/** What ECS does to start a task: it fetches image and secrets, and opens the log. */
function addStartRole(stack: Stack, { secret, adminToken }: Secrets, logsArn: string): CfnRole {
  const images = 'arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*'
  return addRole(stack, 'WebStartRole', {
    service: 'ecs-tasks.amazonaws.com',
    statements: [
      { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: '*' },
      {
        ...{ Effect: 'Allow', Resource: Fn.sub(images) },
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      },
      { Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: [secret.ref, adminToken.ref] },
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logsArn },
    ],
    accepted: {
      '*': 'The login at the registry has no resource.',
      [images.replace(/\$\{(.*?)\}/g, '<$1>')]: 'The image’s name is a parameter.',
    },
  })
}
