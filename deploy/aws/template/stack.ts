import { App, CfnOutput, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib'
import { addEndpoints } from './endpoints.ts'
import { addEvents } from './events.ts'
import { addFiles } from './files.ts'
import { addFunction } from './function.ts'
import { addLoadBalancer } from './load-balancer.ts'
import { addLogs } from './logs.ts'
import { addNetwork } from './network.ts'
import { addParameters, type Parameters } from './parameters.ts'
import type { Resources } from './permissions.ts'
import { addQueues } from './queues.ts'
import { addFunctionRole, addWebRole } from './roles.ts'
import { addSecrets } from './secrets.ts'
import { addSecurityGroups } from './security-groups.ts'
import { sharedSettings } from './settings.ts'
import { addTable } from './table.ts'
import { addWeb } from './web.ts'

/** The whole installation as one template without assets, for any account and region. */
export function nightshiftStack(): Stack {
  const app = new App({ analyticsReporting: false, context: { 'aws:cdk:disable-path-metadata': true } })
  const stack = new Stack(app, 'Nightshift', {
    description: 'Nightshift: converts office documents on AWS.',
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  })
  const parameters = addParameters(stack)
  const network = addNetwork(stack)
  const groups = addSecurityGroups(stack, network.vpc, parameters)
  const loadBalancer = addLoadBalancer(stack, { network, group: groups.balancer, parameters })
  const bucket = addFiles(stack, parameters)
  const resources = { bucket, ...addQueues(stack), table: addTable(stack), topic: addEvents(stack) }
  addProcesses(stack, { parameters, network, groups, loadBalancer, resources })
  new CfnOutput(stack, 'Url', { value: loadBalancer.origin, description: 'The page.' })
  return stack
}

interface Surroundings {
  parameters: Parameters
  network: ReturnType<typeof addNetwork>
  groups: ReturnType<typeof addSecurityGroups>
  loadBalancer: ReturnType<typeof addLoadBalancer>
  resources: Resources
}

function addProcesses(stack: Stack, { groups, resources, ...others }: Surroundings): void {
  const logs = addLogs(stack, 'FunctionLogs', 'function')
  const [webRole, functionRole] = [addWebRole(stack, resources), addFunctionRole(stack, resources, logs)]
  addEndpoints(stack, { network: others.network, group: groups.endpoints, webRole, functionRole })
  const secrets = addSecrets(stack)
  new CfnOutput(stack, 'AdminTokenSecret', {
    value: secrets.adminToken.ref,
    description: 'Where ADMIN_TOKEN is.',
  })
  const shared = { ...others, secrets, settings: sharedSettings(resources.bucket, others.parameters) }
  addWeb(stack, { ...shared, group: groups.web, role: webRole })
  addFunction(stack, { ...shared, group: groups.function, role: functionRole, logs, queues: resources })
}
