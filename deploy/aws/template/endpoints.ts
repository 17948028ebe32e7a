import { Fn, type Stack } from 'aws-cdk-lib'
import { type CfnSecurityGroup, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2'
import type { CfnRole } from 'aws-cdk-lib/aws-iam'
import type { Network } from './network.ts'

export interface EndpointsOptions {
  network: Network
  group: CfnSecurityGroup
  webRole: CfnRole
  functionRole: CfnRole
}

/**
 * The only ways out of the closed subnets. None lets credentials of another account through, so that a document which
 * has taken over LibreOffice can send nothing to a bucket or queue of its own.
 */
export function addEndpoints(stack: Stack, options: EndpointsOptions): void {
  const { network, group, webRole, functionRole } = options
  for (const [id, service] of [
    ['BucketEndpoint', 's3'],
    ['TableEndpoint', 'dynamodb'],
  ] as const)
    new CfnVPCEndpoint(stack, id, {
      ...{ vpcEndpointType: 'Gateway', vpcId: network.vpc.ref, serviceName: serviceName(service) },
      routeTableIds: [network.closedRoutes.ref],
      policyDocument: onlyFor([functionRole]),
    })
  for (const [id, service] of [
    ['QueueEndpoint', 'sqs'],
    ['TopicEndpoint', 'sns'],
  ] as const)
    new CfnVPCEndpoint(stack, id, {
      ...{ vpcEndpointType: 'Interface', vpcId: network.vpc.ref, serviceName: serviceName(service) },
      // They are paid by zone and hour; one serves both zones.
      ...{ subnetIds: [network.closed[0].ref], securityGroupIds: [group.ref] },
      // The name of the service then means the endpoint for the web process too.
      ...{ privateDnsEnabled: true, policyDocument: onlyFor([functionRole, webRole]) },
    })
}

function serviceName(service: string): string {
  return Fn.sub(`com.amazonaws.\${AWS::Region}.${service}`)
}

/** What each of them may do its role says. */
function onlyFor(roles: readonly CfnRole[]) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
        Condition: { ArnEquals: { 'aws:PrincipalArn': roles.map(role => role.attrArn) } },
      },
    ],
  }
}
