import { CfnCondition, CfnParameter, type CfnParameterProps, Fn, type Stack } from 'aws-cdk-lib'

/** What the operator chooses at the deployment. Their defaults make the smallest installation. */
export type Parameters = ReturnType<typeof addParameters>

const TEXTS = {
  Prefix: {
    default: 'nightshift',
    allowedPattern: '[a-z0-9](-?[a-z0-9]){0,39}',
    description:
      'How the names of queues, table and topic begin; up to 40 small letters, digits and single hyphens.',
  },
  WebImage: { description: 'The image of the web process: its address in a registry of this account.' },
  FunctionImage: { description: 'The image of the function that converts: its address in ECR.' },
  AllowedCidr: {
    allowedPattern: '\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}',
    description: 'Who may reach the page, such as 203.0.113.7/32; 0.0.0.0/0 is everybody.',
  },
  CertificateArn: {
    default: '',
    description: 'A certificate of ACM in this region for the name of the page; empty: HTTP without TLS.',
  },
  PublicUrl: {
    default: '',
    allowedPattern: '|https?://[^/]+',
    description: 'The address that browsers use, without a path; empty: that of the load balancer.',
  },
} satisfies Record<string, CfnParameterProps>

const NUMBERS = {
  WebCount: { default: 1, minValue: 0, maxValue: 20, description: 'Web processes.' },
  MaximumConcurrency: {
    ...{ default: 5, minValue: 2, maxValue: 1000 },
    description: 'Documents that are converted at a time, at most.',
  },
  FunctionMemoryMb: {
    ...{ default: 4096, minValue: 3008, maxValue: 10_240 },
    description: 'Memory of the function in MB; its share of processors grows with it.',
  },
  MaxUploadMb: { default: 512, minValue: 1, maxValue: 1500, description: 'Largest file taken, in MB.' },
  ResultLimitMb: { default: 1000, minValue: 1, maxValue: 1500, description: 'Largest result, in MB.' },
} satisfies Record<string, CfnParameterProps>

export function addParameters(stack: Stack) {
  const texts = each(TEXTS, props => new CfnParameter(stack, props.id, { type: 'String', ...props }))
  const numbers = each(NUMBERS, props => new CfnParameter(stack, props.id, { type: 'Number', ...props }))
  return {
    ...texts,
    ...numbers,
    hasCertificate: isSet(stack, texts.CertificateArn),
    hasPublicUrl: isSet(stack, texts.PublicUrl),
  }
}

function each<K extends string>(
  all: Record<K, CfnParameterProps>,
  make: (props: CfnParameterProps & { id: string }) => CfnParameter,
): Record<K, CfnParameter> {
  const entries = Object.entries<CfnParameterProps>(all).map(([id, props]) => [id, make({ id, ...props })])
  return Object.fromEntries(entries)
}

function isSet(stack: Stack, parameter: CfnParameter): CfnCondition {
  const expression = Fn.conditionNot(Fn.conditionEquals(parameter, ''))
  return new CfnCondition(stack, `Has${parameter.node.id}`, { expression })
}
