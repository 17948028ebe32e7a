import { Fn, type Stack } from 'aws-cdk-lib'
import type { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { CfnListener, CfnLoadBalancer, CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { acceptRule } from './accepted-rules.ts'
import type { Network } from './network.ts'
import type { Parameters } from './parameters.ts'
import { WEB_PORT } from './security-groups.ts'

/** Beyond the 25 s after which a live connection shows that it lives, and the 30 s that an upload may stall. */
const IDLE_S = 120
/** A stopping web process ends its connections within this time. */
const DRAIN_S = 30
const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06'

export interface LoadBalancer {
  balancer: CfnLoadBalancer
  targets: CfnTargetGroup
  /** The listener that leads to the targets. */
  listenerArn: string
  /** The address that browsers use. */
  origin: string
}

export function addLoadBalancer(
  stack: Stack,
  { network, group, parameters }: { network: Network; group: CfnSecurityGroup; parameters: Parameters },
): LoadBalancer {
  const balancer = new CfnLoadBalancer(stack, 'Balancer', {
    ...{ type: 'application', scheme: 'internet-facing' },
    ...{ subnets: network.open.map(subnet => subnet.ref), securityGroups: [group.ref] },
    loadBalancerAttributes: [
      { key: 'idle_timeout.timeout_seconds', value: String(IDLE_S) },
      { key: 'routing.http.drop_invalid_header_fields.enabled', value: 'true' },
    ],
  })
  balancer.addResourceDependency(network.wayOut)
  acceptRule(
    balancer,
    'AwsSolutions-ELB2',
    'Its log would keep the addresses of people; Nightshift has its own.',
  )
  const targets = addTargets(stack, network)
  const listenerArn = addListeners(stack, { balancer, targets, parameters })
  return { balancer, targets, listenerArn, origin: originOf(balancer, parameters) }
}

/** Socket.IO's polling, which browsers use where WebSocket is blocked, needs the same process for each request. */
function addTargets(stack: Stack, { vpc }: Network): CfnTargetGroup {
  return new CfnTargetGroup(stack, 'WebTargets', {
    ...{ targetType: 'ip', protocol: 'HTTP', port: WEB_PORT, vpcId: vpc.ref },
    ...{ healthCheckPath: '/healthz', healthCheckIntervalSeconds: 15, healthyThresholdCount: 2 },
    targetGroupAttributes: [
      { key: 'stickiness.enabled', value: 'true' },
      { key: 'stickiness.type', value: 'lb_cookie' },
      { key: 'deregistration_delay.timeout_seconds', value: String(DRAIN_S) },
    ],
  })
}

interface ListenersOptions extends Pick<LoadBalancer, 'balancer' | 'targets'> {
  parameters: Parameters
}

/** With a certificate HTTP only leads to HTTPS. */
function addListeners(
  stack: Stack,
  { balancer, targets, parameters: { hasCertificate, CertificateArn } }: ListenersOptions,
): string {
  // Inside of a condition CDK takes the words of CloudFormation alone.
  const forward = { Type: 'forward', TargetGroupArn: targets.ref }
  const redirect = {
    Type: 'redirect',
    RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' },
  }
  const http = new CfnListener(stack, 'HttpListener', {
    ...{ loadBalancerArn: balancer.ref, protocol: 'HTTP', port: 80 },
    defaultActions: [Fn.conditionIf(hasCertificate.logicalId, redirect, forward)],
  })
  const https = new CfnListener(stack, 'HttpsListener', {
    ...{ loadBalancerArn: balancer.ref, protocol: 'HTTPS', port: 443, sslPolicy: TLS_POLICY },
    certificates: [{ certificateArn: CertificateArn.valueAsString }],
    defaultActions: [{ type: 'forward', targetGroupArn: targets.ref }],
  })
  https.cfnOptions.condition = hasCertificate
  return Fn.conditionIf(hasCertificate.logicalId, https.ref, http.ref).toString()
}

function originOf(
  balancer: CfnLoadBalancer,
  { hasCertificate, hasPublicUrl, PublicUrl }: Parameters,
): string {
  const scheme = Fn.conditionIf(hasCertificate.logicalId, 'https', 'http').toString()
  const own = Fn.join('', [scheme, '://', balancer.attrDnsName])
  return Fn.conditionIf(hasPublicUrl.logicalId, PublicUrl.valueAsString, own).toString()
}
