/** The facts of the template on which safety rests, and the rules of AWS Solutions. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { AwsSolutionsChecks } from 'cdk-nag'
import { nightshiftStack } from './template/stack.ts'
import { templateText } from './template/template-text.ts'

describe('the template of AWS', () => {
  const stack = nightshiftStack()
  const template = Template.fromStack(stack)

  it('is the one in the repository', () => {
    const kept = readFileSync(new URL('nightshift.template.json', import.meta.url), 'utf8')
    assert.equal(kept, templateText(), 'write it anew: node synthesize.ts')
  })

  it('keeps the rules of AWS Solutions, or says why not', () => {
    const { violations } = new AwsSolutionsChecks().validateScope(stack)
    assert.deepEqual(
      violations.map(({ ruleName, violatingResources }) => [
        ...[ruleName, violatingResources.map(({ constructPath }) => constructPath)],
      ]),
      [],
    )
  })

  it('needs no assets and no bootstrap of CDK', () => {
    const { Parameters = {} } = template.toJSON()
    assert.deepEqual(
      Object.values<{ Type: string }>(Parameters).filter(({ Type }) => !/^(String|Number)$/.test(Type)),
      [],
    )
    assert.doesNotMatch(templateText(), /cdk-hnb659fds|BootstrapVersion|Custom::/)
  })

  it('shows no file to the public, and takes no call without TLS', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        ...{ BlockPublicAcls: true, BlockPublicPolicy: true },
        ...{ IgnorePublicAcls: true, RestrictPublicBuckets: true },
      },
    })
    template.hasResourceProperties('AWS::S3::BucketPolicy', { PolicyDocument: onlyByTls() })
    template.allResourcesProperties('AWS::SQS::QueuePolicy', { PolicyDocument: onlyByTls() })
  })

  it('gives the function one document at a time, and no way out but the services', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      ...{ BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'] },
    })
    template.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: { SubnetIds: [{ Ref: 'ClosedSubnet1' }, { Ref: 'ClosedSubnet2' }] },
    })
    template.resourcePropertiesCountIs('AWS::EC2::Route', { RouteTableId: { Ref: 'ClosedRoutes' } }, 0)
    template.resourceCountIs('AWS::EC2::NatGateway', 0)
  })

  it('lets only the load balancer connect to web processes, and nobody to the function', () => {
    template.resourcePropertiesCountIs('AWS::EC2::SecurityGroupIngress', { GroupId: { Ref: 'WebGroup' } }, 1)
    template.resourcePropertiesCountIs(
      ...(['AWS::EC2::SecurityGroupIngress', { GroupId: { Ref: 'FunctionGroup' } }, 0] as const),
    )
  })
})

function onlyByTls() {
  const Condition = { Bool: { 'aws:SecureTransport': 'false' } }
  return Match.objectLike({ Statement: [Match.objectLike({ Effect: 'Deny', Principal: '*', Condition })] })
}
