import { Template } from 'aws-cdk-lib/assertions'
import { nightshiftStack } from './stack.ts'

/** The template as CloudFormation takes it. */
export function templateText(): string {
  return `${JSON.stringify(Template.fromStack(nightshiftStack()).toJSON(), null, 2)}\n`
}
