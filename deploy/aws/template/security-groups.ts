import type { Stack } from 'aws-cdk-lib'
import {
  CfnSecurityGroup,
  CfnSecurityGroupEgress,
  CfnSecurityGroupIngress,
  type CfnVPC,
} from 'aws-cdk-lib/aws-ec2'
import { acceptRule } from './accepted-rules.ts'
import type { Parameters } from './parameters.ts'

/** Where the web process listens. */
export const WEB_PORT = 3000
const HTTPS = 443
const ANYWHERE = '0.0.0.0/0'

/** Who may connect to whom. */
export function addSecurityGroups(stack: Stack, vpc: CfnVPC, { AllowedCidr }: Parameters) {
  const make = (id: string, groupDescription: string, egress?: CfnSecurityGroup.EgressProperty[]) =>
    new CfnSecurityGroup(stack, id, {
      ...{ vpcId: vpc.ref, groupDescription },
      ...(egress && { securityGroupEgress: egress }),
    })
  const toServices = [{ ...tcp(HTTPS), cidrIp: ANYWHERE, description: 'the services of AWS' }]
  const groups = {
    balancer: make('BalancerGroup', 'Nightshift: the load balancer', [nothing()]),
    web: make('WebGroup', 'Nightshift: web processes', toServices),
    // Its subnets have a way to the services alone.
    function: make('FunctionGroup', 'Nightshift: the function that converts', toServices),
    endpoints: make('EndpointsGroup', 'Nightshift: endpoints of SQS and SNS', [nothing()]),
  }
  for (const port of [80, HTTPS])
    allowVisitors(stack, groups.balancer, { port, cidrIp: AllowedCidr.valueAsString })
  connect(stack, 'BalancerToWeb', { from: groups.balancer, to: groups.web, port: WEB_PORT })
  new CfnSecurityGroupEgress(stack, 'BalancerOut', {
    ...{ groupId: groups.balancer.ref, destinationSecurityGroupId: groups.web.ref, ...tcp(WEB_PORT) },
  })
  connect(stack, 'WebToEndpoints', { from: groups.web, to: groups.endpoints, port: HTTPS })
  connect(stack, 'FunctionToEndpoints', { from: groups.function, to: groups.endpoints, port: HTTPS })
  return groups
}

function allowVisitors(
  stack: Stack,
  group: CfnSecurityGroup,
  { port, cidrIp }: { port: number; cidrIp: string },
): void {
  const ingress = new CfnSecurityGroupIngress(stack, `VisitorsOn${port}`, {
    groupId: group.ref,
    cidrIp,
    ...tcp(port),
  })
  acceptRule(ingress, 'AwsSolutions-EC23', 'The operator says who may reach the page.')
}

function connect(
  stack: Stack,
  id: string,
  { from, to, port }: { from: CfnSecurityGroup; to: CfnSecurityGroup; port: number },
): void {
  new CfnSecurityGroupIngress(stack, id, { groupId: to.ref, sourceSecurityGroupId: from.ref, ...tcp(port) })
}

function tcp(port: number) {
  return { ipProtocol: 'tcp', fromPort: port, toPort: port }
}

/** Without any rule a group may connect to everything. */
function nothing(): CfnSecurityGroup.EgressProperty {
  return {
    ipProtocol: 'icmp',
    fromPort: 252,
    toPort: 86,
    cidrIp: '255.255.255.255/32',
    description: 'nothing',
  }
}
