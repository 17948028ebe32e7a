import type { Stack } from 'aws-cdk-lib'
import type { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { CfnCluster, CfnService } from 'aws-cdk-lib/aws-ecs'
import { acceptRule } from './accepted-rules.ts'
import type { LoadBalancer } from './load-balancer.ts'
import type { Network } from './network.ts'
import { WEB_PORT } from './security-groups.ts'
import { addWebTask, type WebTaskOptions } from './web-task.ts'

export interface WebOptions extends Omit<WebTaskOptions, 'origin'> {
  network: Network
  group: CfnSecurityGroup
  loadBalancer: LoadBalancer
}

/** The web processes, on Fargate. They are in the open subnets, where no NAT gateway is needed; nobody can connect. */
export function addWeb(stack: Stack, options: WebOptions): CfnService {
  const { network, group, loadBalancer, parameters } = options
  const cluster = new CfnCluster(stack, 'Cluster', {
    clusterSettings: [{ name: 'containerInsights', value: 'disabled' }],
  })
  acceptRule(cluster, 'AwsSolutions-ECS4', 'It costs more than the process that it watches.')
  const task = addWebTask(stack, { ...options, origin: loadBalancer.origin })
  const service = new CfnService(stack, 'WebService', {
    ...{ cluster: cluster.ref, launchType: 'FARGATE', taskDefinition: task.ref },
    desiredCount: parameters.WebCount.valueAsNumber,
    deploymentConfiguration: {
      ...{ minimumHealthyPercent: 100, maximumPercent: 200 },
      deploymentCircuitBreaker: { enable: true, rollback: true },
    },
    healthCheckGracePeriodSeconds: 120,
    // Named here, it is made before: only then do the targets belong to a load balancer.
    tags: [{ key: 'Listener', value: loadBalancer.listenerArn }],
    loadBalancers: [
      { containerName: 'web', containerPort: WEB_PORT, targetGroupArn: loadBalancer.targets.ref },
    ],
    networkConfiguration: {
      awsvpcConfiguration: {
        ...{ assignPublicIp: 'ENABLED', securityGroups: [group.ref] },
        subnets: network.open.map(subnet => subnet.ref),
      },
    },
  })
  service.addResourceDependency(network.wayOut)
  return service
}
