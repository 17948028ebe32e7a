import { Fn, type Stack } from 'aws-cdk-lib'
import {
  CfnInternetGateway,
  CfnRoute,
  CfnRouteTable,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  CfnVPCGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2'
import { acceptRule } from './accepted-rules.ts'

export interface Network {
  vpc: CfnVPC
  /** Two in different zones, with a way into the internet, as the load balancer needs them. */
  open: [CfnSubnet, CfnSubnet]
  /** Two in different zones, without any way out. */
  closed: [CfnSubnet, CfnSubnet]
  closedRoutes: CfnRouteTable
  /** Whatever faces the internet can be made after it. */
  wayOut: CfnRoute
}

/** A network of its own. It has no NAT gateway, which would cost more than all the rest. */
export function addNetwork(stack: Stack): Network {
  const vpc = new CfnVPC(stack, 'Vpc', {
    ...{ cidrBlock: '10.0.0.0/16', enableDnsSupport: true, enableDnsHostnames: true },
    tags: [nameTag()],
  })
  acceptRule(
    vpc,
    'AwsSolutions-VPC7',
    'A log of all connections costs by its size, and says who sent documents.',
  )
  const subnet = (id: string, zone: number, block: number) =>
    new CfnSubnet(stack, id, {
      ...{ vpcId: vpc.ref, cidrBlock: `10.0.${block}.0/24`, mapPublicIpOnLaunch: false },
      ...{ availabilityZone: Fn.select(zone, Fn.getAzs()), tags: [nameTag()] },
    })
  const open: Network['open'] = [subnet('OpenSubnet1', 0, 0), subnet('OpenSubnet2', 1, 1)]
  const closed: Network['closed'] = [subnet('ClosedSubnet1', 0, 10), subnet('ClosedSubnet2', 1, 11)]
  const wayOut = addWayOut(stack, vpc, open)
  const closedRoutes = addRoutes(stack, 'ClosedRoutes', { vpc, subnets: closed })
  return { vpc, open, closed, closedRoutes, wayOut }
}

function addWayOut(stack: Stack, vpc: CfnVPC, subnets: readonly CfnSubnet[]): CfnRoute {
  const gateway = new CfnInternetGateway(stack, 'InternetGateway', { tags: [nameTag()] })
  const attached = new CfnVPCGatewayAttachment(stack, 'InternetGatewayAttachment', {
    ...{ vpcId: vpc.ref, internetGatewayId: gateway.ref },
  })
  const routes = addRoutes(stack, 'OpenRoutes', { vpc, subnets })
  const route = new CfnRoute(stack, 'OpenRoute', {
    ...{ routeTableId: routes.ref, destinationCidrBlock: '0.0.0.0/0', gatewayId: gateway.ref },
  })
  route.addResourceDependency(attached)
  return route
}

function addRoutes(
  stack: Stack,
  id: string,
  { vpc, subnets }: { vpc: CfnVPC; subnets: readonly CfnSubnet[] },
): CfnRouteTable {
  const table = new CfnRouteTable(stack, id, { vpcId: vpc.ref, tags: [nameTag()] })
  for (const subnet of subnets)
    new CfnSubnetRouteTableAssociation(stack, `${subnet.node.id}Routes`, {
      ...{ subnetId: subnet.ref, routeTableId: table.ref },
    })
  return table
}

function nameTag() {
  return { key: 'Name', value: Fn.sub('${Prefix}') }
}
